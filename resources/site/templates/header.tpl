{{%AUTOESCAPE context="HTML"}}{{#GATE}}<noscript><p class="gate-note">This site is for adults aged 18 and over. Please leave it if you are younger.</p></noscript>{{/GATE}}
<header class="top">
<a class="brand" href="{{HOME}}" data-field="/content/name">{{NAME}}</a>
{{#NAV}}<nav aria-label="Sections"><ul>{{#LINK}}<li><a href="#{{ID}}">{{LABEL}}</a></li>{{/LINK}}</ul></nav>{{/NAV}}
{{#BOOK}}<a class="btn btn-small" href="#booking" data-field="/content/cta/label">{{CTA}}</a>{{/BOOK}}
</header>
