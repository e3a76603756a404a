{{%AUTOESCAPE context="HTML"}}<section class="services" id="services" aria-labelledby="services-title">
<h2 id="services-title">Services</h2>
<dl class="offers" data-field="/content/services">
{{#SERVICE}}
<div class="offer" data-field="/content/services/{{INDEX}}">
<dt><span{{#POINTED}} data-field="/content/services/{{INDEX}}/name"{{/POINTED}}>{{NAME}}</span>{{#PRICE}} <span class="price"{{#POINTED}} data-field="/content/services/{{INDEX}}/price"{{/POINTED}}>{{PRICE}}</span>{{/PRICE}}</dt>
{{#DESCRIPTION}}<dd{{#POINTED}} data-field="/content/services/{{INDEX}}/description"{{/POINTED}}>{{DESCRIPTION}}</dd>{{/DESCRIPTION}}
{{#DURATION}}<dd class="duration"{{#POINTED}} data-field="/content/services/{{INDEX}}/duration"{{/POINTED}}>{{DURATION}}</dd>{{/DURATION}}
</div>
{{/SERVICE}}
</dl>
</section>
