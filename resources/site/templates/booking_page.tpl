{{%AUTOESCAPE context="HTML"}}<h1>Request a booking</h1>
{{#FORM}}
{{#SUMMARY}}<div class="summary" role="alert" aria-labelledby="summary-title" tabindex="-1"><h2 id="summary-title">Please check these</h2><ul>{{#ITEM}}<li>{{#AT}}<a href="#{{NAME}}">{{MESSAGE}}</a>{{/AT}}{{#WHOLE}}{{MESSAGE}}{{/WHOLE}}</li>{{/ITEM}}</ul></div>{{/SUMMARY}}
<p class="lead">Nothing is binding yet. {{WHO}} reads your request and answers by e-mail{{#RESPONSE}}, {{RESPONSE}}{{/RESPONSE}}.</p>
<form class="form" method="post" action="/bookings" novalidate>
<input type="hidden" name="token" value="{{TOKEN}}">
<input type="hidden" name="idempotency_key" value="{{KEY}}">
<div class="visually-hidden" aria-hidden="true"><label>Leave this empty<input name="website" tabindex="-1" autocomplete="off"></label></div>
{{#FIELD}}
<div class="field{{#INVALID}} invalid{{/INVALID}}">
{{#CHECK}}<div class="check"><input type="checkbox" id="{{NAME}}" name="{{NAME}}" value="yes"{{#CHECKED}} checked{{/CHECKED}}{{#REQUIRED}} required{{/REQUIRED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED}} aria-describedby="{{DESCRIBED}}"{{/DESCRIBED}}><label for="{{NAME}}">{{LABEL}}</label></div>{{/CHECK}}
{{#INPUT}}<label for="{{NAME}}">{{LABEL}}{{#OPTIONAL_LABEL}} <span>(optional)</span>{{/OPTIONAL_LABEL}}</label>{{/INPUT}}
{{#SELECT}}<label for="{{NAME}}">{{LABEL}}{{#OPTIONAL_LABEL}} <span>(optional)</span>{{/OPTIONAL_LABEL}}</label>{{/SELECT}}
{{#AREA}}<label for="{{NAME}}">{{LABEL}}{{#OPTIONAL_LABEL}} <span>(optional)</span>{{/OPTIONAL_LABEL}}</label>{{/AREA}}
{{#HINT}}<p class="hint" id="{{NAME}}-hint">{{HINT}}</p>{{/HINT}}
{{#ERROR}}<p class="error" id="{{NAME}}-error">{{ERROR}}</p>{{/ERROR}}
{{#INPUT}}<input type="{{TYPE}}" id="{{NAME}}" name="{{NAME}}" value="{{VALUE}}" autocomplete="{{AUTOCOMPLETE}}"{{#LIMIT}} maxlength="{{MAX}}"{{/LIMIT}}{{#REQUIRED}} required{{/REQUIRED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED}} aria-describedby="{{DESCRIBED}}"{{/DESCRIBED}}>{{/INPUT}}
{{#SELECT}}<select id="{{NAME}}" name="{{NAME}}"{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED}} aria-describedby="{{DESCRIBED}}"{{/DESCRIBED}}><option value="">Please choose</option>{{#OPTION}}<option{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/OPTION}}</select>{{/SELECT}}
{{#AREA}}<textarea id="{{NAME}}" name="{{NAME}}" rows="6"{{#LIMIT}} maxlength="{{MAX}}"{{/LIMIT}}{{#REQUIRED}} required{{/REQUIRED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED}} aria-describedby="{{DESCRIBED}}"{{/DESCRIBED}}>{{VALUE}}</textarea>{{/AREA}}
</div>
{{/FIELD}}
<p class="actions"><button class="btn" type="submit">Send booking request</button></p>
</form>
{{/FORM}}
{{#BY_HAND}}
<p class="lead">Write or call, and {{WHO}} answers{{#RESPONSE}}, {{RESPONSE}}{{/RESPONSE}}. Nothing is binding until you both have confirmed.</p>
{{#EMAIL}}<p class="actions"><a class="btn" href="mailto:{{LINK}}" data-event="email_click">Write an e-mail</a> <span>{{ADDRESS}}</span></p>{{/EMAIL}}
{{#PHONE}}<p class="actions"><a class="btn{{#EMAIL}} btn-quiet{{/EMAIL}}" href="tel:{{NUMBER}}" data-event="phone_click">Call {{TEXT}}</a></p>{{/PHONE}}
{{#NEITHER}}<p>The ways to get in touch are on <a href="/#contact">the first page</a>.</p>{{/NEITHER}}
<h2>What helps</h2>
<ul class="plain"><li>Your name, and how to reach you</li><li>What you have in mind, and where</li><li>The date, and how long</li><li>A few words about yourself</li></ul>
{{/BY_HAND}}
{{#TERMS}}<h2>Booking terms</h2><div class="prose" data-field="/content/bookingTerms">{{HTML:none}}</div>{{/TERMS}}
