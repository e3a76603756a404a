{{%AUTOESCAPE context="HTML"}}<a class="skip" href="#main">Skip to content</a>
<div class="site">
<header class="top"><a class="brand" href="/">{{PLATFORM}}</a><nav aria-label="Sections"><ul><li><a href="#companions">Companions</a></li><li><a href="#how">How it works</a></li></ul></nav></header>
<main id="main">
{{#OPENING}}<section class="opening" aria-labelledby="title">
<div>
<h1 id="title">Good company,<br>on her own terms.</h1>
<p class="lead">Independent companions, each with a site of her own: her words, her prices, her calendar.</p>
{{#MEET}}<p class="actions"><a class="btn" href="#companions">Meet the companions</a></p>{{/MEET}}
</div>
{{#MOSAIC}}<div class="mosaic">{{#TILE}}{{>PHOTO}}{{/TILE}}</div>{{/MOSAIC}}
</section>
{{/OPENING}}<section class="companions" id="companions" aria-labelledby="companions-title">
{{#OPENING}}<h2 id="companions-title">Companions</h2>{{/OPENING}}{{#FURTHER}}<h1 id="companions-title" class="further">Companions <span>page {{N}}</span></h1>{{/FURTHER}}
{{#CITIES}}<fieldset class="cities"><legend>City</legend><label><input type="radio" name="city" checked> All</label>{{#CITY}} <label><input type="radio" name="city" id="{{ID}}"> {{NAME}}</label>{{/CITY}}</fieldset>{{/CITIES}}
{{#SHOWCASE}}<ul class="cards">{{>CARD}}</ul>{{/SHOWCASE}}
{{#EMPTY}}<p class="lead">The first companions are preparing their sites. Please come back soon.</p>{{/EMPTY}}
{{#PAGER}}<nav class="pager" aria-label="All companions">{{#EARLIER}}<a href="{{HREF}}" rel="prev">Previous</a>{{/EARLIER}}<ol>{{#NUMBER}}{{#GAP}}<li aria-hidden="true">…</li>{{/GAP}}<li>{{#HERE}}<a href="{{HREF}}" aria-current="page" aria-label="Page {{N}}">{{N}}</a>{{/HERE}}{{#THERE}}<a href="{{HREF}}" aria-label="Page {{N}}">{{N}}</a>{{/THERE}}</li>{{/NUMBER}}</ol>{{#LATER}}<a href="{{HREF}}" rel="next">Next</a>{{/LATER}}</nav>{{/PAGER}}
</section>
<section class="how" id="how" aria-labelledby="how-title">
<h2 id="how-title">How it works</h2>
<ul class="points">
<li><h3>Direct</h3><p>You write to a companion on her own site. She, or the people who help her with bookings, answer you.</p></li>
<li><h3>Verified</h3><p>Every companion here is an adult whose identity was checked before her site went live.</p></li>
<li><h3>Private</h3><p>No advertising, no account, and no cookie unless you accept it. Your message is read by her and by the people who help her with bookings.</p></li>
</ul>
</section>
</main>
<footer class="foot">
<div><p class="foot-name">{{PLATFORM}}</p><p class="small">For adults aged 18 and over.</p></div>
<div id="privacy"><h2>Privacy</h2><p class="small">This page sets no cookie and runs no script. Each companion’s site says on its own privacy page what it stores.</p></div>
<div id="contact"><h2>Contact</h2><p class="small">You write to a companion on her own site; what you write is not shown here.</p>{{#PLATFORM_CONTACT}}<p class="small">About this platform, or a photo of you that should not be shown: <a href="mailto:{{ENCODED}}">{{#PIECE}}{{TEXT}}{{#PIECE_separator}}<wbr>{{/PIECE_separator}}{{/PIECE}}</a></p>{{/PLATFORM_CONTACT}}</div>
<div id="for-companions"><h2>For companions</h2><p class="small">A site of your own, with your words, prices and calendar. You decide what is shown; the people who run this platform take it offline when you ask them.</p></div>
</footer>
</div>
