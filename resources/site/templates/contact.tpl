{{%AUTOESCAPE context="HTML"}}<section class="contact" id="contact" aria-labelledby="contact-title">
<h2 id="contact-title">Contact</h2>
<dl>
{{#EMAIL}}<div><dt>Email</dt><dd><a href="mailto:{{ENCODED}}" data-field="/content/contact/email" data-event="email_click">{{#PIECE}}{{TEXT}}{{#PIECE_separator}}<wbr>{{/PIECE_separator}}{{/PIECE}}</a></dd></div>{{/EMAIL}}
{{#PHONE}}<div><dt>Phone</dt><dd>{{#LINE}}{{#DIAL}}<a href="tel:{{NUMBER}}" data-field="/content/contact/phone" data-event="phone_click">{{TEXT}}</a>{{/DIAL}}{{#PLAIN}}<span data-field="/content/contact/phone">{{TEXT}}</span>{{/PLAIN}}{{#LINE_separator}}, {{/LINE_separator}}{{/LINE}}</dd></div>{{/PHONE}}
{{#FACT}}<div><dt>{{LABEL}}</dt><dd data-field="{{FIELD}}">{{VALUE}}</dd></div>{{/FACT}}
{{#SOCIAL}}<div class="social"><dt>Elsewhere</dt><dd><ul>{{#LINK}}<li>{{#URL}}<a href="{{HREF}}" rel="me noopener" data-field="{{FIELD}}" data-event="social_click" data-platform="{{PLATFORM}}">{{LABEL}}</a>{{/URL}}</li>{{/LINK}}</ul></dd></div>{{/SOCIAL}}
</dl>
</section>
