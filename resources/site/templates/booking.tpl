{{%AUTOESCAPE context="HTML"}}<section class="booking" id="booking" aria-labelledby="booking-title">
<div class="text">
<h2 id="booking-title">Booking</h2>
<p class="lead">A date, a place and a few words are enough to start.</p>
<ol class="steps">
<li><strong>You write</strong> with a date, a place and a few words about yourself.</li>
<li><strong>{{FIRST_NAME}} replies</strong>{{#RESPONSE}} <span data-field="/content/contact/responseTime">({{RESPONSE}})</span>{{/RESPONSE}} and you agree on the details together.</li>
<li><strong>Nothing is binding</strong> until you both have confirmed.</li>
</ol>
<p class="actions"><a class="btn" href="/book" data-field="/content/cta/label">{{CTA}}</a></p>
{{#TERMS}}<details class="conditions"><summary>Booking terms</summary><div class="prose" data-field="/content/bookingTerms">{{HTML:none}}</div></details>{{/TERMS}}
{{>BOOKING_FORM}}
</div>
</section>
