{{%AUTOESCAPE context="HTML"}}<section class="pricing{{#PICTURED}} pictured{{/PICTURED}}" id="rates" aria-labelledby="rates-title">
{{#PICTURED}}<div class="figure">{{>PHOTO}}</div>{{/PICTURED}}
<div class="text">
<h2 id="rates-title">Rates</h2>
<table data-field="/content/pricing">
<thead class="visually-hidden"><tr><th scope="col">Time together</th><th scope="col">Rate</th></tr></thead>
<tbody>
{{#RATE}}<tr data-field="{{FIELD}}"><th scope="row">{{LABEL}}{{#NOTE}} <span class="note">{{NOTE}}</span>{{/NOTE}}</th><td class="price">{{PRICE}}</td></tr>{{/RATE}}
</tbody>
</table>
<p class="small" data-field="/content/pricing/currency">All rates in {{CURRENCY}}.</p>
</div>
</section>
