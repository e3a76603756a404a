{{%AUTOESCAPE context="HTML"}}<a class="skip" href="#main">Skip to the content</a>
{{>NOTICES}}
<div class="site">
{{>HEADER}}
<main id="main" class="page">
{{>CONTENT}}
</main>
{{>FOOTER}}
</div>
