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
</main>
{{>FOOTER}}
</div>
{{>LIGHTBOX}}
