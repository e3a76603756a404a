{{%AUTOESCAPE context="HTML"}}<h1>Privacy</h1>
{{#POLICY}}<div class="prose" data-field="/content/privacyPolicy">{{HTML:none}}</div>{{/POLICY}}
<section class="held" aria-labelledby="held-title">
<h2 id="held-title">What is stored about this browser</h2>
<p id="held" role="status" hidden></p>
<p>“Forget me” erases the visits of this browser and everything recorded in them, and deletes the cookie. You get a receipt with a number. To have booking requests erased, write to the address on this page.</p>
<p class="small">What remains after an erasure: a receipt that says how much was erased but not whose it was; keyed hashes of the erased email addresses, telephone numbers, booking requests and visit numbers for 90 days and of the erased visitor numbers for 200 days, so that nothing comes back with a delayed message or a restored backup; the keyed hash of a blocked address until the block ends; and figures in which nobody can be identified.</p>
<form method="post" action="/privacy/forget" id="forget"><p class="actions"><button class="btn btn-quiet" type="submit">Forget me</button></p></form>
</section>
<section aria-labelledby="stored-title">
<h2 id="stored-title">What this site stores in your browser</h2>
<table class="stored">
<thead><tr><th scope="col">Name</th><th scope="col">What it is for</th><th scope="col">How long</th></tr></thead>
<tbody>
{{#GATE}}<tr><th scope="row"><code>adult</code> <span>session storage</span></th><td>Your answer that you are 18 or older. Strictly necessary: without it every page but this one would ask.</td><td>until the tab is closed</td></tr>{{/GATE}}
<tr><th scope="row"><code>consent</code> <span>local storage</span></th><td>Your answer to the question about the cookie. Strictly necessary: without it every page would ask.</td><td>180 days</td></tr>
<tr><th scope="row"><code>__Host-visitor</code> <span>cookie</span></th><td>Recognises later visits as yours. Set only after you accept.</td><td>180 days</td></tr>
</tbody>
</table>
</section>
<section aria-labelledby="photo-title">
<h2 id="photo-title">If you are in a photo on this site</h2>
<p>You may withdraw your agreement at any time. Once that is recorded, the photo leaves every page within seconds. {{#PHOTO_EMAIL}}Write to <a href="mailto:{{ENCODED}}" data-event="email_click">{{#PIECE}}{{TEXT}}{{#PIECE_separator}}<wbr>{{/PIECE_separator}}{{/PIECE}}</a>{{/PHOTO_EMAIL}}{{#EITHER}}, or to {{/EITHER}}{{#PHOTO_PLATFORM_ONLY}}Write to {{/PHOTO_PLATFORM_ONLY}}{{#PHOTO_PLATFORM}}the people who run this platform, <a href="mailto:{{ENCODED}}">{{#PIECE}}{{TEXT}}{{#PIECE_separator}}<wbr>{{/PIECE_separator}}{{/PIECE}}</a>{{/PHOTO_PLATFORM}}{{#NO_ADDRESS}}Use a way of contact that <a href="/">the home page</a> names{{/NO_ADDRESS}}, and say which photo it is.</p>
</section>
{{#EMAIL}}<p class="aside">Questions, corrections, erasure: <a href="mailto:{{ENCODED}}" data-field="/content/contact/email" data-event="email_click">{{#PIECE}}{{TEXT}}{{#PIECE_separator}}<wbr>{{/PIECE_separator}}{{/PIECE}}</a></p>{{/EMAIL}}
<p class="small">Typefaces, served from here under the SIL Open Font License: {{#FONT}}<a href="{{HREF}}">{{FAMILY}}</a>{{#FONT_separator}}, {{/FONT_separator}}{{/FONT}}.</p>
