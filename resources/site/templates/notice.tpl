{{%AUTOESCAPE context="HTML"}}<div class="site">
<main id="main" class="notice">
<p class="label">{{PLATFORM}}</p>
<h1>{{TITLE}}</h1>
<p class="lead">{{TEXT}}</p>
{{#ACTION}}<p class="actions"><a class="btn" href="{{HREF}}">{{LABEL}}</a></p>{{/ACTION}}
</main>
</div>
