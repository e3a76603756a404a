{{%AUTOESCAPE context="HTML"}}<footer class="foot">
<p class="foot-name" data-field="/content/name">{{NAME}}</p>
<ul><li><a href="{{HOME}}privacy">Privacy</a></li><li><a href="{{HOME}}book">Booking</a></li>{{#PLATFORM}}<li><a href="{{HREF}}">{{PLATFORM_NAME}}</a></li>{{/PLATFORM}}<li data-choice hidden><button type="button" class="as-link">Cookie choice</button></li></ul>
<p class="small">For adults aged 18 and over.</p>
</footer>
