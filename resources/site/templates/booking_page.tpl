{{%AUTOESCAPE context="HTML"}}<h1>Request a booking</h1>
{{#FORM}}
<div class="two">
<div>
{{#FORM_TERMS}}<details class="conditions"><summary>Booking terms</summary><div class="prose" data-field="/content/bookingTerms">{{HTML:none}}</div></details>{{/FORM_TERMS}}
{{#SERVICE_FIRST}}<noscript><form class="form first" method="get" action="/book">
<div class="field"><label for="service">What you have in mind</label><p class="hint" id="service-hint">Which times are free depends on how long it takes.</p><select id="service" name="service" aria-describedby="service-hint">{{#OPTION}}<option value="{{ID}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/OPTION}}<option value=""{{#ELSE_CHOSEN}} selected{{/ELSE_CHOSEN}}>Something else</option></select></div>
<p class="actions"><button class="btn btn-quiet" type="submit">Show times</button></p>
</form></noscript>{{/SERVICE_FIRST}}
{{>BOOKING_FORM}}
</div>
<aside class="card" aria-label="About this request">
{{#PHOTO}}{{>IMAGE}}{{/PHOTO}}
<p class="card-name">{{WHO}}</p>
{{#PRICES}}<dl class="prices">{{#PRICE}}<div><dt>{{NAME}}</dt><dd>{{AMOUNT}}</dd></div>{{/PRICE}}</dl>{{/PRICES}}
<p>{{WHO}} reads your request and replies by email{{#RESPONSE}} ({{RESPONSE}}){{/RESPONSE}}.</p>
<p>Nothing is binding until you both have confirmed.</p>
</aside>
</div>
{{/FORM}}
{{#BY_HAND}}
<p class="lead">Write or call, and {{WHO}} replies{{#RESPONSE}}, {{RESPONSE}}{{/RESPONSE}}. Nothing is binding until you both have confirmed.</p>
{{#EMAIL}}<p class="actions"><a class="btn" href="mailto:{{LINK}}" data-event="email_click">Send an email</a> <span>{{#PIECE}}{{TEXT}}{{#PIECE_separator}}<wbr>{{/PIECE_separator}}{{/PIECE}}</span></p>{{/EMAIL}}
{{#PHONE}}<p class="actions"><a class="btn{{#EMAIL}} btn-quiet{{/EMAIL}}" href="tel:{{NUMBER}}" data-event="phone_click">Call {{TEXT}}</a></p>{{/PHONE}}
{{#NEITHER}}<p>See <a href="/#contact">the home page</a> for ways to get in touch.</p>{{/NEITHER}}
<h2>What helps</h2>
<ul class="plain"><li>Your name, and how to reach you</li><li>What you have in mind, and where</li><li>The date, and how long</li><li>A few words about yourself</li></ul>
{{/BY_HAND}}
{{#TERMS}}<h2>Booking terms</h2><div class="prose" data-field="/content/bookingTerms">{{HTML:none}}</div>{{/TERMS}}
