{{%AUTOESCAPE context="HTML"}}<section class="gallery {{SIZE_CLASS}}" id="gallery" aria-labelledby="gallery-title">
<h2 id="gallery-title">Gallery</h2>
<ul class="photos" data-field="/photos/gallery"{{#STRIP}} tabindex="0" aria-label="Photos, scroll sideways"{{/STRIP}}>
{{#PHOTO}}<li{{#RATIO}} class="{{RATIO}}"{{/RATIO}}><a href="{{HREF}}" data-photo="{{ID}}"{{#LARGE_CAPTION}} data-caption="{{LARGE_CAPTION}}"{{/LARGE_CAPTION}}>{{>IMAGE}}</a>{{#CAPTION}}<p class="caption" data-field="/photos/gallery/{{INDEX}}/caption">{{CAPTION}}</p>{{/CAPTION}}{{#COUNT}}<p class="count" aria-hidden="true">{{NUMBER}} / {{TOTAL}}</p>{{/COUNT}}</li>{{/PHOTO}}
</ul>
</section>
