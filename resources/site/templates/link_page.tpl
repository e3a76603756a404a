{{%AUTOESCAPE context="HTML"}}<div class="site">
<main id="main" class="page">
{{>CONTENT}}
</main>
</div>
