{{%AUTOESCAPE context="HTML"}}<h1>Your request is on its way</h1>
<p class="lead">{{WHO}} replies by email{{#RESPONSE}} ({{RESPONSE}}){{/RESPONSE}}. Your request is stored with the day and time that you asked for; if your copy does not arrive, look in your spam folder.</p>
<h2>What happens next</h2>
<ol class="steps"><li>You get a reply: a yes, a question or another suggestion.</li><li>You agree on place and time together.</li><li>Nothing is binding until you both have confirmed.</li></ol>
<p class="actions"><a class="btn" href="/">Back to the home page</a></p>
