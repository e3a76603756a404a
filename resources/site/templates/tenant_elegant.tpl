{{%AUTOESCAPE context="HTML"}}<a class="skip" href="#main">Skip to the content</a>
{{>NOTICES}}
<div class="site">
{{>HEADER}}
<main id="main">
{{>HERO}}
{{>ABOUT}}
{{>SERVICES}}
{{>GALLERY}}
{{>PRICING}}
{{>TESTIMONIALS}}
<div class="closing">{{>BOOKING}}{{>CONTACT}}</div>
<p class="sticky"><a class="btn" href="#booking" data-field="/content/cta/label">{{CTA}}</a></p>
</main>
{{>FOOTER}}
</div>
{{>LIGHTBOX}}
