{{%AUTOESCAPE context="HTML"}}<h1>Page not found</h1>
<p class="lead">The address may have changed, or the page was taken down.</p>
<p class="actions"><a class="btn" href="/">{{#NAMED}}Go to {{NAME}}{{/NAMED}}{{#NAMELESS}}Back to the home page{{/NAMELESS}}</a></p>
