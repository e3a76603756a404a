{{%AUTOESCAPE context="HTML"}}<h1>Privacy</h1>
{{#POLICY}}<div class="prose" data-field="/content/privacyPolicy">{{HTML:none}}</div>{{/POLICY}}
{{#EMAIL}}<p class="aside">Questions, corrections, erasure: <a href="mailto:{{ENCODED}}" data-field="/content/contact/email">{{ADDRESS}}</a></p>{{/EMAIL}}
<p class="small">Typefaces, served from here under the SIL Open Font License: {{#FONT}}<a href="{{HREF}}">{{FAMILY}}</a>{{#FONT_separator}}, {{/FONT_separator}}{{/FONT}}.</p>
