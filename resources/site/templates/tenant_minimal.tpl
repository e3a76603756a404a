{{%AUTOESCAPE context="HTML"}}<a class="skip" href="#main">Skip to the content</a>
{{>NOTICES}}
<div class="site">
{{>HEADER}}
<main id="main">
{{>HERO}}
{{>ABOUT}}
{{#PLATE}}<div class="plate">{{>PHOTO}}</div>{{/PLATE}}
{{>SERVICES}}
{{>PRICING}}
{{>GALLERY}}
{{>TESTIMONIALS}}
{{>BOOKING}}
{{>CONTACT}}
<p class="sticky"><a class="btn" href="#booking" data-field="/content/cta/label">{{CTA}}</a></p>
</main>
{{>FOOTER}}
</div>
{{>LIGHTBOX}}
