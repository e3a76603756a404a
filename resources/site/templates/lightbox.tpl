{{%AUTOESCAPE context="HTML"}}<dialog class="lightbox" id="lightbox" aria-label="Photo">
<div class="lightbox-photo"></div>
<p class="lightbox-caption" hidden></p>
<p class="lightbox-bar"><button type="button" data-step="-1" aria-label="Previous photo">←</button><span aria-live="polite"></span><button type="button" data-step="1" aria-label="Next photo">→</button><button type="button" data-close aria-label="Close">✕</button></p>
</dialog>
