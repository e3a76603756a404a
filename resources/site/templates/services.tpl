{{%AUTOESCAPE context="HTML"}}<section class="services{{#PICTURED}} pictured{{/PICTURED}}" id="services" aria-labelledby="services-title">
{{#PICTURED}}<div class="figure">{{>PHOTO}}</div>{{/PICTURED}}
<div class="text">
<h2 id="services-title">Services</h2>
<ul class="offers" data-field="/content/services">
{{#SERVICE}}
<li class="offer{{#FEATURED}} featured{{/FEATURED}}" data-field="/content/services/{{INDEX}}">
<h3{{#POINTED}} data-field="/content/services/{{INDEX}}/name"{{/POINTED}}>{{NAME}}</h3>
{{#FEATURED}}<p class="badge">Signature</p>{{/FEATURED}}
{{#DESCRIPTION}}<p class="what"{{#POINTED}} data-field="/content/services/{{INDEX}}/description"{{/POINTED}}>{{DESCRIPTION}}</p>{{/DESCRIPTION}}
{{#TERMS}}<p class="terms">{{#DURATION}}<span{{#POINTED}} data-field="/content/services/{{INDEX}}/duration"{{/POINTED}}>{{DURATION}}</span>{{/DURATION}}{{#PRICE}} <strong class="price"{{#POINTED}} data-field="/content/services/{{INDEX}}/price"{{/POINTED}}>{{PRICE}}</strong>{{/PRICE}}</p>{{/TERMS}}
</li>
{{/SERVICE}}
</ul>
</div>
</section>
