{{%AUTOESCAPE context="HTML"}}<h1>This browser is forgotten</h1>
{{#ERASED}}<p class="lead">Its visits and everything recorded in them are erased, and the cookie is deleted.</p>
<p>Your receipt: <strong class="receipt">{{RECEIPT}}</strong></p>
<p>It confirms the erasure and contains nothing about you. Keep the number in case you want to ask about it.</p>{{/ERASED}}
{{#NOTHING}}<p class="lead">Nothing that is stored can be linked to you, and no cookie is left.</p>{{/NOTHING}}
<p>From now on your visits are counted without a cookie, unless you accept one. Booking requests stay with the person you sent them to: write to her to have them erased.</p>
<p class="actions"><a class="btn" href="/">Back to the home page</a> <a href="/privacy">Privacy</a></p>
