{{%AUTOESCAPE context="HTML"}}<section class="testimonials {{COUNT_CLASS}}" id="words" aria-labelledby="words-title">
<h2 id="words-title">Kind words</h2>
<ul class="reel" data-field="/content/testimonials"{{#SCROLLS}} tabindex="0" aria-label="Testimonials, scroll sideways"{{/SCROLLS}}>
{{#QUOTE}}<li><figure data-field="/content/testimonials/{{INDEX}}">{{>PHOTO}}<blockquote data-field="/content/testimonials/{{INDEX}}/quote">{{TEXT}}</blockquote>{{#AUTHOR}}<figcaption data-field="/content/testimonials/{{INDEX}}/author">{{AUTHOR}}</figcaption>{{/AUTHOR}}</figure></li>{{/QUOTE}}
</ul>
{{#SCROLLS}}<p class="reel-buttons" hidden><button type="button" data-reel="-1" aria-label="Previous testimonials">←</button><button type="button" data-reel="1" aria-label="Next testimonials">→</button></p>{{/SCROLLS}}
</section>
