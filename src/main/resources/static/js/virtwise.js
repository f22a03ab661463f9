// The comforts of a page. Every one of them has a way without script.
(function () {
  const root = document.documentElement;

  function say(text) {
    const status = document.getElementById('page-status');
    if (status) status.textContent = text;
  }

  // Copy: data-copy="#id" copies that element's text, an empty data-copy the code beside it.
  function textToCopy(button) {
    const selector = button.dataset.copy;
    const from = selector ? document.querySelector(selector) : button.parentElement.querySelector('code, pre');
    if (!from) return '';
    return 'value' in from ? from.value : from.textContent;
  }

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement('textarea'); // plain http has no clipboard of its own
    area.value = text;
    area.className = 'visually-hidden';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) throw new Error('copying was refused');
  }

  document.addEventListener('click', function (event) {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    event.preventDefault();
    const icon = button.querySelector('.ti');
    copy(textToCopy(button)).then(function () {
      say('Copied');
      if (!icon) return;
      icon.classList.replace('ti-copy', 'ti-check');
      setTimeout(function () { icon.classList.replace('ti-check', 'ti-copy'); }, 1500);
    }, function () {
      say('The browser did not let us copy. Select the text and copy it by hand.');
    });
  });

  // Light and dark: changed in place, so that nothing typed is lost; the cookie is the server's.
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (!form.matches('[data-theme-form]')) return;
    const wanted = event.submitter && event.submitter.value;
    if (!wanted) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set('theme', wanted);
    fetch(form.action, { method: 'POST', body: body, redirect: 'manual' }).then(function () {
      root.dataset.theme = wanted;
      root.dataset.bsTheme = wanted;
    }, function () {
      say('The choice of light or dark could not be kept.');
    });
  });

  // A button that was pressed waits, so that nothing is sent twice.
  document.addEventListener('submit', function (event) {
    const button = event.submitter;
    if (event.defaultPrevented || !button || event.target.matches('[data-theme-form]')) return;
    setTimeout(function () { button.disabled = true; });
    window.addEventListener('pageshow', function () { button.disabled = false; }, { once: true });
  });

  // Who pastes has looked: a text chooses its answer, named by data-chooses.
  document.addEventListener('input', function (event) {
    const choice = event.target.dataset.chooses && document.getElementById(event.target.dataset.chooses);
    if (choice && event.target.value.trim()) choice.checked = true;
  }, true);

  // Ctrl Enter sends a form that says so.
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest('form[data-ctrl-enter]');
    if (form) form.requestSubmit(form.querySelector('button.btn-primary'));
  });

  // An upload: what is too large is not sent, and what is sent shows how far it is.
  document.addEventListener('change', function (event) {
    const field = event.target.closest('[data-upload]');
    const file = field && event.target.files && event.target.files[0];
    if (!field) return;
    const tooLarge = !!file && file.size > Number(field.dataset.most);
    field.querySelector('[data-too-large]').hidden = !tooLarge;
    if (!tooLarge) return;
    event.stopPropagation(); // htmx listens further down
    event.target.value = '';
  }, true);

  function mebibytes(bytes) {
    return (bytes / 1048576).toFixed(1) + ' MiB';
  }

  document.addEventListener('htmx:xhr:progress', function (event) {
    const shown = event.target.querySelector && event.target.querySelector('[data-progress]');
    if (!shown || !event.detail.lengthComputable || shown.dataset.sent) return;
    const done = event.detail.loaded >= event.detail.total;
    shown.hidden = false;
    shown.querySelector('progress').value = 100 * event.detail.loaded / event.detail.total;
    shown.querySelector('[data-progress-text]').textContent = done ? 'Uploaded; reading it'
      : 'Uploading, ' + mebibytes(event.detail.loaded) + ' of ' + mebibytes(event.detail.total);
    if (done) shown.dataset.sent = 'true'; // what follows is the answer's own progress
  });
  document.addEventListener('htmx:afterRequest', function (event) {
    const shown = event.target.querySelector && event.target.querySelector('[data-progress]');
    if (!shown) return;
    shown.hidden = true;
    delete shown.dataset.sent;
  });

  // Where server-sent events do not come through, what follows them asks now and then instead.
  let polling = null;
  document.addEventListener('htmx:sseError', function () {
    polling = polling || setInterval(function () {
      document.querySelectorAll('[data-poll]').forEach(function (element) { element.dispatchEvent(new CustomEvent('poll')); });
    }, 5000);
  });
  document.addEventListener('htmx:sseOpen', function () {
    clearInterval(polling);
    polling = null;
  });

  // After a swap the focus goes where the answer says it belongs.
  document.addEventListener('htmx:afterSwap', function (event) {
    const target = event.detail.target;
    const next = target.querySelector('[data-focus], [role=alert]');
    if (!next) return;
    if (!next.hasAttribute('tabindex')) next.setAttribute('tabindex', '-1');
    next.focus();
  });

  document.addEventListener('htmx:sendError', function () {
    say('The portal did not answer. Nothing was changed by this page; try again.');
  });
  document.addEventListener('htmx:responseError', function (event) {
    const status = event.detail.xhr.status;
    if (status >= 500) say('The portal could not do this. Try again.');
  });

  // A text that was edited and not saved: leaving asks first.
  document.addEventListener('input', function (event) {
    const form = event.target.closest('form[data-editor-form]');
    if (form) form.dataset.unsaved = 'true';
  });
  document.addEventListener('submit', function (event) {
    if (event.target.matches('[data-editor-form]') && !event.defaultPrevented) delete event.target.dataset.unsaved;
  });
  window.addEventListener('beforeunload', function (event) {
    if (document.querySelector('form[data-editor-form][data-unsaved]')) event.preventDefault();
  });

  // Where a summary of errors is shown, it is read first.
  const summary = document.querySelector('[data-error-summary]');
  if (summary) summary.focus();
})();
