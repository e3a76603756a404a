{{%AUTOESCAPE context="HTML"}}<section class="services{{#PICTURED}} pictured{{/PICTURED}}" id="services" aria-labelledby="services-title">
{{#PICTURED}}<div class="figure">{{>PHOTO}}</div>{{/PICTURED}}
<div class="text">
<h2 id="services-title">Services</h2>
<ul class="offers" data-field="/content/services">
{{#SERVICE}}
<li class="offer{{#FEATURED}} featured{{/FEATURED}}" data-field="/content/services/{{INDEX}}">
<h3 data-field="/content/services/{{INDEX}}/name">{{NAME}}</h3>
{{#FEATURED}}<p class="badge">Signature</p>{{/FEATURED}}
{{#DESCRIPTION}}<p class="what" data-field="/content/services/{{INDEX}}/description">{{DESCRIPTION}}</p>{{/DESCRIPTION}}
{{#TERMS}}<p class="terms">{{#DURATION}}<span data-field="/content/services/{{INDEX}}/duration">{{DURATION}}</span>{{/DURATION}}{{#PRICE}} <strong class="price" data-field="/content/services/{{INDEX}}/price">{{PRICE}}</strong>{{/PRICE}}</p>{{/TERMS}}
</li>
{{/SERVICE}}
</ul>
</div>
</section>
