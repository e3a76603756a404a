{{%AUTOESCAPE context="HTML"}}{{#GATE}}<noscript><p class="gate-note">This site is for adults aged 18 and over. Please leave it if you are younger.</p></noscript>{{/GATE}}
<header class="top">
<a class="brand" href="{{HOME}}" data-field="/content/name">{{NAME}}</a>
{{#NAV}}<nav class="links" aria-label="Sections"><ul>{{#LINK}}<li><a href="#{{ID}}">{{LABEL}}</a></li>{{/LINK}}</ul></nav>
<details class="menu"><summary>Menu</summary><nav aria-label="Menu"><ul>{{#LINK}}<li><a href="#{{ID}}">{{LABEL}}</a></li>{{/LINK}}</ul></nav></details>{{/NAV}}
{{#BOOK}}<a class="btn btn-small" href="#booking" data-field="/content/cta/label">{{CTA}}</a>{{/BOOK}}
</header>
