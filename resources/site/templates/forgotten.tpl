{{%AUTOESCAPE context="HTML"}}<h1>This browser is forgotten</h1>
{{#ERASED}}<p class="lead">Its visits and everything that was counted in them are erased, and the cookie is gone.</p>
<p>Your receipt: <strong class="receipt">{{RECEIPT}}</strong></p>
<p>It shows that the erasure was done, and holds nothing about you. Keep the number if you may want to ask about it.</p>{{/ERASED}}
{{#NOTHING}}<p class="lead">Nothing is held that can be told to be yours, and no cookie is left.</p>{{/NOTHING}}
<p>What you do from now on is counted without a cookie, unless you accept one. Booking requests that you sent stay with the person you wrote to: write to her to have them erased.</p>
<p class="actions"><a class="btn" href="/">Back to the first page</a> <a href="/privacy">Privacy</a></p>
