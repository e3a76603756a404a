{{%AUTOESCAPE context="HTML"}}<h1>Your request is on its way</h1>
<p class="lead">{{WHO}} has it and answers by e-mail{{#RESPONSE}} ({{RESPONSE}}){{/RESPONSE}}. If a copy does not arrive, look in your spam folder or write again.</p>
<h2>What happens next</h2>
<ol class="steps"><li>You get an answer with a yes, a question or another suggestion.</li><li>You settle place and time together.</li><li>Nothing is binding until you both have confirmed.</li></ol>
<p class="actions"><a class="btn" href="/">Back to the first page</a></p>
