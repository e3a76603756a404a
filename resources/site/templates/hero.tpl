{{%AUTOESCAPE context="HTML"}}<section class="hero{{#BARE}} bare{{/BARE}}" aria-labelledby="name">
{{>PHOTO}}
<div class="hero-text">
{{#CITY}}<p class="label" data-field="/content/location/city">{{CITY}}</p>{{/CITY}}
<h1 id="name" class="{{NAME_CLASS}}" data-field="/content/name">{{NAME}}</h1>
{{#TAGLINE}}<p class="tagline" data-field="/content/tagline">{{TAGLINE}}</p>{{/TAGLINE}}
{{#INTRO}}<p class="intro" data-field="/content/shortBio">{{INTRO}}</p>{{/INTRO}}
<p class="actions"><a class="btn" href="#booking" data-field="/content/cta/label">{{CTA}}</a>{{#SECOND}}<a class="more" href="#{{ID}}">{{LABEL}}</a>{{/SECOND}}</p>
{{#FACTS}}<ul class="facts">{{#FACT}}<li data-field="{{FIELD}}"><span class="label">{{LABEL}}</span> {{VALUE}}</li>{{/FACT}}</ul>{{/FACTS}}
</div>
</section>
