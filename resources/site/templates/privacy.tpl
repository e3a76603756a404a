{{%AUTOESCAPE context="HTML"}}<h1>Privacy</h1>
{{#POLICY}}<div class="prose" data-field="/content/privacyPolicy">{{HTML:none}}</div>{{/POLICY}}
<section class="held" aria-labelledby="held-title">
<h2 id="held-title">What is held about this browser</h2>
<p id="held" role="status" hidden></p>
<p>“Forget me” erases the visits of this browser and everything that was counted in them, and takes the cookie away. You get a receipt with a number. Booking requests are erased by writing to the address on this page.</p>
<p class="small">What stays after an erasure: a receipt that says how much was erased and not whose it was; for 90 days keyed hashes of the erased addresses, and for 200 days of the erased numbers, so that nothing comes back with a message that is still on its way or with a restored backup; the keyed hash of an address that was blocked, until the block ends; and figures in which nobody can be told apart.</p>
<form method="post" action="/privacy/forget" id="forget"><p class="actions"><button class="btn btn-quiet" type="submit">Forget me</button></p></form>
</section>
<section aria-labelledby="stored-title">
<h2 id="stored-title">What this site stores in your browser</h2>
<table class="stored">
<thead><tr><th scope="col">Name</th><th scope="col">What it is for</th><th scope="col">How long</th></tr></thead>
<tbody>
{{#GATE}}<tr><th scope="row"><code>adult</code> <span>session storage</span></th><td>That you said you are 18 or older. Strictly necessary: without it every page would ask.</td><td>until the tab is closed</td></tr>{{/GATE}}
<tr><th scope="row"><code>consent</code> <span>local storage</span></th><td>Your answer to the question about the cookie. Strictly necessary: without it every page would ask.</td><td>180 days</td></tr>
<tr><th scope="row"><code>__Host-visitor</code> <span>cookie</span></th><td>Recognises a later visit as yours. Set only after you have accepted.</td><td>180 days</td></tr>
</tbody>
</table>
</section>
{{#EMAIL}}<p class="aside">Questions, corrections, erasure: <a href="mailto:{{ENCODED}}" data-field="/content/contact/email" data-event="email_click">{{ADDRESS}}</a></p>{{/EMAIL}}
<p class="small">Typefaces, served from here under the SIL Open Font License: {{#FONT}}<a href="{{HREF}}">{{FAMILY}}</a>{{#FONT_separator}}, {{/FONT_separator}}{{/FONT}}.</p>
