{{%AUTOESCAPE context="HTML"}}{{#GATE}}<dialog class="gate" id="gate" aria-labelledby="gate-title" aria-describedby="gate-text" data-field="/content/ageGate">
<h2 id="gate-title" tabindex="-1">Are you 18 or older?</h2>
<p id="gate-text">This site is for adults only.</p>
<p class="actions"><button type="button" class="btn" data-gate="yes">I am 18 or older</button><button type="button" class="btn btn-quiet" data-gate="no">I am younger</button></p>
</dialog>{{/GATE}}
<section class="consent" id="cookies" aria-label="Cookie choice" hidden>
<p data-field="/content/consent/message">{{MESSAGE}} <a href="/privacy">Privacy</a></p>
<p class="actions"><button type="button" class="btn" data-consent="accepted" data-field="/content/consent/acceptLabel">{{ACCEPT}}</button><button type="button" class="btn" data-consent="declined" data-field="/content/consent/declineLabel">{{DECLINE}}</button></p>
</section>
