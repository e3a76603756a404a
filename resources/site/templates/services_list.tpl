{{%AUTOESCAPE context="HTML"}}<section class="services" id="services" aria-labelledby="services-title">
<h2 id="services-title">Services</h2>
<dl class="offers" data-field="/content/services">
{{#SERVICE}}
<div class="offer" data-field="/content/services/{{INDEX}}">
<dt><span data-field="/content/services/{{INDEX}}/name">{{NAME}}</span>{{#PRICE}} <span class="price" data-field="/content/services/{{INDEX}}/price">{{PRICE}}</span>{{/PRICE}}</dt>
{{#DESCRIPTION}}<dd data-field="/content/services/{{INDEX}}/description">{{DESCRIPTION}}</dd>{{/DESCRIPTION}}
{{#DURATION}}<dd class="duration" data-field="/content/services/{{INDEX}}/duration">{{DURATION}}</dd>{{/DURATION}}
</div>
{{/SERVICE}}
</dl>
</section>
