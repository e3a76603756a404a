{{%AUTOESCAPE context="HTML"}}<div class="site">
<header class="top">{{#HOME}}<a class="brand" href="{{HREF}}">{{PLATFORM}}</a>{{/HOME}}{{#NO_HOME}}<p class="brand">{{PLATFORM}}</p>{{/NO_HOME}}</header>
<main id="main">
<section class="notice">
<h1>{{TITLE}}</h1>
<p class="lead">{{TEXT}}</p>
{{#HOME}}<p class="actions"><a class="btn" href="{{HREF}}">Go to {{PLATFORM}}</a></p>{{/HOME}}
</section>
{{#SHOWCASE}}<section class="companions" aria-labelledby="companions-title">
<h2 class="title" id="companions-title">Companions</h2>
<ul class="cards">{{>CARD}}</ul>
</section>{{/SHOWCASE}}
</main>
</div>
