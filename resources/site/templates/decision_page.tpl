{{%AUTOESCAPE context="HTML"}}{{#PROBLEM}}<div class="summary" role="alert"><p>{{TEXT}}</p></div>{{/PROBLEM}}
<h1>{{TITLE}}</h1>
<p class="lead">Nothing is decided until you press one of the buttons below.</p>
<dl class="facts">
{{#FACT}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>
{{/FACT}}</dl>
{{#MESSAGE}}<h2>Message</h2><p class="words">{{TEXT:pre_escape}}</p>{{/MESSAGE}}
<h2>Your decision</h2>
{{#ACCEPT}}<details class="choice"{{#OPEN}} open{{/OPEN}}><summary>Accept</summary><form class="form" method="post" action="{{ADDRESS}}">
<div class="field"><label for="accept-message">A word to the client <span>(optional)</span></label><textarea id="accept-message" name="message" rows="3" maxlength="4000">{{TYPED:pre_escape}}</textarea></div>
<p class="actions"><button class="btn" type="submit" name="action" value="accept">Yes, accept</button></p></form></details>{{/ACCEPT}}
{{#DECLINE}}<details class="choice"{{#OPEN}} open{{/OPEN}}><summary>Decline</summary><form class="form" method="post" action="{{ADDRESS}}">
<div class="field"><label for="reason_code">Reason</label><p class="hint" id="reason-hint">The client does not see it.</p><select id="reason_code" name="reason_code" aria-describedby="reason-hint">{{#REASON}}<option value="{{CODE}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{LABEL}}</option>{{/REASON}}</select></div>
<div class="field"><label for="decline-message">A word to the client <span>(optional)</span></label><textarea id="decline-message" name="message" rows="3" maxlength="4000">{{TYPED:pre_escape}}</textarea></div>
<p class="actions"><button class="btn" type="submit" name="action" value="decline">Yes, decline</button></p></form></details>{{/DECLINE}}
{{#PROPOSE}}<details class="choice"{{#OPEN}} open{{/OPEN}}><summary>Propose another time</summary><form class="form" method="post" action="{{ADDRESS}}">
<div class="field"><label for="start">New start</label><p class="hint" id="start-hint">{{ZONE_PLACE}} time. It lasts as long as was asked for.</p><input type="datetime-local" id="start" name="start" value="{{START}}" required aria-describedby="start-hint"></div>
<div class="field"><label for="propose-message">A word to the client <span>(optional)</span></label><textarea id="propose-message" name="message" rows="3" maxlength="4000">{{TYPED:pre_escape}}</textarea></div>
<p class="actions"><button class="btn" type="submit" name="action" value="propose">Propose this time</button></p></form></details>{{/PROPOSE}}
{{#MOVE}}<details class="choice"{{#OPEN}} open{{/OPEN}}><summary>Move to another time</summary><form class="form" method="post" action="{{ADDRESS}}">
<div class="field"><label for="move-start">New start</label><p class="hint" id="move-start-hint">{{ZONE_PLACE}} time. It lasts as long as it was agreed.</p><input type="datetime-local" id="move-start" name="start" value="{{START}}" required aria-describedby="move-start-hint"></div>
<div class="field"><label for="move-message">A word to the client <span>(optional)</span></label><textarea id="move-message" name="message" rows="3" maxlength="4000">{{TYPED:pre_escape}}</textarea></div>
<p class="actions"><button class="btn" type="submit" name="action" value="move">Yes, move it</button></p></form></details>{{/MOVE}}
