{{%AUTOESCAPE context="HTML"}}<section class="about{{#LONG}} long{{/LONG}}{{#PICTURED}} pictured{{/PICTURED}}" id="about" aria-labelledby="about-title">
{{#PICTURED}}<div class="figure">{{>PHOTO}}</div>{{/PICTURED}}
<div class="text">
<h2 id="about-title">About</h2>
{{#LEAD}}<p class="lead" data-field="/content/shortBio">{{LEAD}}</p>{{/LEAD}}
{{#BIO}}<div class="prose" data-field="/content/bio">{{HTML:none}}</div>{{/BIO}}
</div>
</section>
