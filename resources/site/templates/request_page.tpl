{{%AUTOESCAPE context="HTML"}}{{#PROBLEM}}<div class="summary" role="alert"><p>{{TEXT}}</p>{{#TYPED}}<p>You wrote:</p><p class="words">{{TYPED:pre_escape}}</p>{{/TYPED}}</div>{{/PROBLEM}}
{{#DONE}}<p class="note" role="status">{{TEXT}}</p>{{/DONE}}
<h1>{{STATUS}}</h1>
<p class="lead">{{STATUS_TEXT}}</p>
{{#MOVE_ASKED}}<p>You asked for another time. The agreed one stands until you hear more.</p>{{/MOVE_ASKED}}
<dl class="facts">
{{#FACT}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>
{{/FACT}}</dl>
{{#DEPOSIT_OPEN}}{{#WAY}}<h2>How to pay the deposit</h2><p class="words">{{TEXT:pre_escape}}</p><p>Please use this reference. {{/WAY}}{{#NO_WAY}}<p>Please pay the deposit by bank transfer with this reference. To ask for the account, answer the email that led you here. {{/NO_WAY}}The time is kept for you until the deposit is due, and the place is shown here once it has arrived.</p>{{/DEPOSIT_OPEN}}
{{#MESSAGE}}<h2>A word for you</h2><p class="words">{{TEXT:pre_escape}}</p>{{/MESSAGE}}
{{#QUESTION}}<h2>The question</h2><p class="words">{{TEXT:pre_escape}}</p>{{/QUESTION}}
{{#ANSWER}}<form class="form" method="post" action="{{ADDRESS}}"><input type="hidden" name="version" value="{{VERSION}}">
<div class="field"><label for="answer">Your answer</label><textarea id="answer" name="message" rows="5" maxlength="4000" required>{{TYPED:pre_escape}}</textarea></div>
<p class="actions"><button class="btn" type="submit" name="action" value="answer">Send the answer</button></p></form>{{/ANSWER}}
{{#PROPOSAL}}<form class="form" method="post" action="{{ADDRESS}}"><input type="hidden" name="version" value="{{VERSION}}">
<div class="field"><label for="word">A word with it <span>(optional)</span></label><textarea id="word" name="message" rows="3" maxlength="4000">{{TYPED:pre_escape}}</textarea></div>
<p class="actions"><button class="btn" type="submit" name="action" value="agree">Yes, this time suits me</button> <button class="btn btn-quiet" type="submit" name="action" value="refuse">No, it does not</button></p></form>{{/PROPOSAL}}
{{#CALENDAR}}<p class="actions"><a class="btn btn-quiet" href="{{ADDRESS}}/calendar.ics" download="appointment.ics">Add to calendar</a></p>{{/CALENDAR}}
{{#MOVE}}<details class="choice"><summary>Ask for another time</summary><form class="form" method="post" action="{{ADDRESS}}"><input type="hidden" name="version" value="{{VERSION}}">
<div class="field"><label for="move">Which times would suit you?</label><p class="hint" id="move-hint">The agreed time stands until another is agreed.</p><textarea id="move" name="message" rows="4" maxlength="4000" required aria-describedby="move-hint">{{TYPED:pre_escape}}</textarea></div>
<p class="actions"><button class="btn" type="submit" name="action" value="ask_move">Ask for another time</button></p></form></details>{{/MOVE}}
{{#CANCEL}}<details class="choice"><summary>Cancel</summary><form class="form" method="post" action="{{ADDRESS}}"><input type="hidden" name="version" value="{{VERSION}}">
<div class="field"><label for="cancel">A word with it <span>(optional)</span></label><textarea id="cancel" name="message" rows="3" maxlength="4000"></textarea></div>
<p class="actions"><button class="btn" type="submit" name="action" value="cancel">Yes, cancel</button></p></form></details>{{/CANCEL}}
<p class="small">Keep the address of this page to yourself: whoever has it can answer for you.</p>
