{{%AUTOESCAPE context="HTML"}}<form class="form" method="post" action="/bookings" novalidate data-booking data-who="{{WHO}}"{{#RESPONSE}} data-response="{{RESPONSE}}"{{/RESPONSE}}{{#ZONE}} data-zone="{{ZONE}}"{{/ZONE}}{{#WAITING}} hidden{{/WAITING}}>
{{#SUMMARY}}<div class="summary" role="alert" aria-labelledby="summary-title" tabindex="-1"><h2 id="summary-title">{{TITLE}}</h2><ul>{{#ITEM}}<li>{{#AT}}<a href="#{{NAME}}">{{MESSAGE}}</a>{{/AT}}{{#WHOLE}}{{MESSAGE}}{{/WHOLE}}</li>{{/ITEM}}</ul></div>{{/SUMMARY}}
<input type="hidden" name="token" value="{{TOKEN}}">
<input type="hidden" name="idempotency_key" value="{{KEY}}">
<div class="visually-hidden" aria-hidden="true"><label>Leave this empty<input name="website" tabindex="-1" autocomplete="off"></label></div>
{{#FIELD}}
<div class="field{{#INVALID}} invalid{{/INVALID}}">
{{#CHECK}}<div class="check"><input type="checkbox" id="{{NAME}}" name="{{NAME}}" value="yes"{{#CHECKED}} checked{{/CHECKED}}{{#REQUIRED}} required{{/REQUIRED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED}} aria-describedby="{{DESCRIBED}}"{{/DESCRIBED}}><label for="{{NAME}}">{{LABEL}}</label></div>{{#ERROR}}<p class="error" id="{{NAME}}-error">{{ERROR}}</p>{{/ERROR}}{{/CHECK}}
{{#INPUT}}<label for="{{NAME}}">{{LABEL}}{{#OPTIONAL_LABEL}} <span>(optional)</span>{{/OPTIONAL_LABEL}}</label>{{#HINT}}<p class="hint" id="{{NAME}}-hint">{{HINT}}</p>{{/HINT}}{{#ERROR}}<p class="error" id="{{NAME}}-error">{{ERROR}}</p>{{/ERROR}}<input type="{{TYPE}}" id="{{NAME}}" name="{{NAME}}" autocomplete="{{AUTOCOMPLETE}}"{{#VALUE}} value="{{VALUE}}"{{/VALUE}}{{#LIMIT}} maxlength="{{MAX}}"{{/LIMIT}}{{#EARLIEST}} min="{{EARLIEST}}"{{/EARLIEST}}{{#LATEST}} max="{{LATEST}}"{{/LATEST}}{{#REQUIRED}} required{{/REQUIRED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED}} aria-describedby="{{DESCRIBED}}"{{/DESCRIBED}}>{{/INPUT}}
{{#SELECT}}<label for="{{NAME}}">{{LABEL}}{{#OPTIONAL_LABEL}} <span>(optional)</span>{{/OPTIONAL_LABEL}}</label>{{#ERROR}}<p class="error" id="{{NAME}}-error">{{ERROR}}</p>{{/ERROR}}<select id="{{NAME}}" name="{{NAME}}"{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED}} aria-describedby="{{DESCRIBED}}"{{/DESCRIBED}}><option value="">Please choose</option>{{#OPTION}}<option{{#CHOSEN}} selected{{/CHOSEN}}>{{NAME}}</option>{{/OPTION}}</select>{{/SELECT}}
{{#AREA}}<label for="{{NAME}}">{{LABEL}}{{#OPTIONAL_LABEL}} <span>(optional)</span>{{/OPTIONAL_LABEL}}</label>{{#HINT}}<p class="hint" id="{{NAME}}-hint">{{HINT}}</p>{{/HINT}}{{#ERROR}}<p class="error" id="{{NAME}}-error">{{ERROR}}</p>{{/ERROR}}<textarea id="{{NAME}}" name="{{NAME}}" rows="6"{{#LIMIT}} maxlength="{{MAX}}"{{/LIMIT}}{{#REQUIRED}} required{{/REQUIRED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED}} aria-describedby="{{DESCRIBED}}"{{/DESCRIBED}}>{{#VALUE}}{{VALUE}}{{/VALUE}}</textarea>{{/AREA}}
</div>
{{/FIELD}}
<p class="actions"><button class="btn" type="submit">Send booking request</button></p>
</form>
