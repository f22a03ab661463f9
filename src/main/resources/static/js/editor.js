// The rule editor: a plain textarea that becomes Ace. The server checks, runs, saves and lays out; this only asks it and shows the answers.
(function () {
  const form = document.getElementById('editor');
  const area = form && form.querySelector('textarea[data-editor]');
  if (!area) return;
  const root = document.documentElement;
  const path = area.dataset.path;
  let editor = null;

  function say(text) {
    document.getElementById('page-status').textContent = text;
  }

  // ---- asking the server: an answer's elements take the place of those with their ids
  function pieces(html) {
    new DOMParser().parseFromString(html, 'text/html').body.querySelectorAll(':scope > [id]').forEach(function (piece) {
      const old = document.getElementById(piece.id);
      if (old) old.replaceWith(document.importNode(piece, true));
    });
  }

  function ask(address, button) {
    return fetch(address, { method: 'POST', headers: { 'HX-Request': 'true' }, body: new URLSearchParams(new FormData(form, button)) });
  }

  function failed() {
    say('The portal did not answer. Your text is still here; try again.');
  }

  // ---- problems while typing
  let typing = null;
  let asked = 0;
  function check() {
    const mine = ++asked;
    return ask(form.dataset.problems).then(function (answer) {
      return answer.text().then(function (html) {
        if (mine !== asked || !answer.ok) return;
        pieces(html);
        annotate();
      });
    }).catch(failed);
  }

  // ---- saving: by hand, by Ctrl S, and by itself when nobody types for a while
  let saving = null;
  let edits = 0;
  function save(button) {
    clearTimeout(saving);
    const saved = edits;
    return ask(form.action, button).then(function (answer) {
      return answer.text().then(function (html) {
        pieces(html);
        if (answer.ok && saved === edits) delete form.dataset.unsaved;
        say(answer.ok ? 'Saved' : document.getElementById('saved').textContent);
        if (answer.ok && location.pathname !== new URL(form.action).pathname) location.assign(form.action); // a new file has an address now
      });
    }).catch(failed);
  }

  // ---- the lock: taken with the first letter, so that nobody else begins at the same time
  let lockAsked = area.readOnly;
  function lock() {
    if (lockAsked) return;
    lockAsked = true;
    const body = new URLSearchParams(new FormData(form));
    body.delete('text');
    body.set('path', path);
    fetch(form.dataset.lock, { method: 'POST', headers: { 'HX-Request': 'true' }, body: body }).then(function (answer) {
      return answer.text().then(function (html) {
        if (answer.status === 404) return; // a new file has a lock once it is saved
        pieces(html);
        if (document.querySelector('#lock[data-locked]')) readOnly();
      });
    }).catch(failed);
  }

  function readOnly() {
    area.readOnly = true;
    if (editor) editor.setReadOnly(true);
    clearTimeout(saving);
  }

  area.addEventListener('input', function () {
    edits++;
    lock();
    clearTimeout(typing);
    typing = setTimeout(check, 150);
    clearTimeout(saving);
    saving = setTimeout(function () { if (form.dataset.unsaved && !area.readOnly) save(); }, 8000);
  });

  // ---- buttons of the form, wherever on the page they stand
  form.addEventListener('submit', function (event) {
    const button = event.submitter;
    event.preventDefault();
    if (button && button.matches('[data-piece]')) run(button);
    else if (button && button.matches('[data-format]')) format(button);
    else if (!area.readOnly) save(button);
  });

  function run(button) {
    button.disabled = true;
    say('Running cases');
    const address = button.formAction;
    button.disabled = false; // a disabled button sends no name
    return ask(address, button).then(function (answer) {
      return answer.text().then(function (html) {
        if (!answer.ok) return failed();
        const only = button.value;
        pieces(html);
        const cases = document.getElementById('cases');
        say(cases.querySelector('.chip') ? (only ? only + ': ' : 'Cases: ') + cases.querySelector('.chip').textContent : 'No case');
        cases.scrollIntoView({ block: 'nearest' });
      });
    }).catch(failed);
  }

  function format(button) {
    ask(button.formAction, button).then(function (answer) {
      return answer.json().then(function (body) {
        if (body.refusal) return say(body.refusal);
        if (body.text === area.value) return say('Nothing to lay out anew');
        replaceAll(body.text);
        say('Laid out; Ctrl Z takes it back');
      });
    }).catch(failed);
  }

  function replaceAll(text) {
    if (!editor) {
      area.value = text;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      return;
    }
    const row = editor.getCursorPosition().row;
    editor.session.doc.replace(new (ace.require('ace/range').Range)(0, 0, editor.session.getLength(), 0), text);
    editor.gotoLine(Math.min(row + 1, editor.session.getLength()), 0, false);
  }

  function press(selector) {
    const button = document.querySelector(selector);
    if (button && !button.disabled) form.requestSubmit(button);
  }

  document.addEventListener('keydown', function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === 's') {
      event.preventDefault();
      press('button.btn-primary[form=editor]');
    }
    else if (event.key === 'Enter') {
      event.preventDefault();
      press('.tools [data-piece]');
    }
  });

  // ---- going to a line: from problems, the outline, and addresses that end with #L12
  function show(line, column) {
    if (editor) {
      editor.resize(true);
      editor.gotoLine(line, Math.max(0, (column || 1) - 1), false);
      editor.scrollToLine(line - 1, true, false);
      editor.container.scrollIntoView({ block: 'nearest' });
      editor.focus();
      return;
    }
    const from = area.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(from, from);
  }

  document.addEventListener('click', function (event) {
    const link = event.target.closest('a[data-problem-line], a[data-line]');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(Number(link.dataset.problemLine || link.dataset.line), Number(link.dataset.problemColumn || 1));
  });

  function fromAddress() {
    const line = /^#L(\d+)$/.exec(location.hash);
    if (line) show(Number(line[1]));
  }
  window.addEventListener('hashchange', fromAddress);

  // ---- tabs: the files of this draft that were opened in this window
  const tabs = document.getElementById('tabs');
  function openTabs() {
    const key = 'virtwise.tabs.' + tabs.dataset.draft;
    let open;
    try {
      open = JSON.parse(sessionStorage.getItem(key)) || [];
    }
    catch (ignored) {
      open = []; // what somebody else left there is no list
    }
    if (!open.includes(path)) open.push(path);
    const keep = function () { sessionStorage.setItem(key, JSON.stringify(open.slice(-12))); };
    keep();
    tabs.replaceChildren.apply(tabs, open.slice(-12).map(function (one) {
      const tab = document.createElement('span');
      const link = document.createElement('a');
      tab.className = 'tab';
      link.textContent = one;
      link.href = form.action.replace(/[^/]*$/, one);
      if (one === path) {
        tab.dataset.current = '';
        link.setAttribute('aria-current', 'page');
      }
      tab.append(link);
      if (one !== path) {
        const close = document.createElement('button');
        close.type = 'button';
        close.textContent = '×';
        close.setAttribute('aria-label', 'Close ' + one);
        close.addEventListener('click', function () {
          open = open.filter(function (other) { return other !== one; });
          keep();
          tab.remove();
        });
        tab.append(close);
      }
      return tab;
    }));
  }
  if (tabs) openTabs();

  // ---- Ace over the textarea
  let markers = [];
  function annotate() {
    if (!editor) return;
    const Range = ace.require('ace/range').Range;
    markers.forEach(function (id) { editor.session.removeMarker(id); });
    const found = Array.from(document.querySelectorAll('[data-problem-line]')).map(function (link) {
      const at = link.dataset;
      return { row: Math.max(0, at.problemLine - 1), column: Math.max(0, at.problemColumn - 1), type: at.problemKind, text: at.problemText };
    });
    editor.session.setAnnotations(found);
    markers = found.map(function (one) {
      const line = editor.session.getLine(one.row);
      const word = /^[\w$@"]*/.exec(line.slice(one.column))[0].length || line.length - one.column;
      return editor.session.addMarker(new Range(one.row, one.column, one.row, one.column + Math.max(1, word)), 'vw-mark-' + one.type, 'text');
    });
  }

  function nextProblem() {
    const rows = editor.session.getAnnotations().map(function (one) { return one.row; }).sort(function (a, b) { return a - b; });
    const here = editor.getCursorPosition().row;
    const next = rows.find(function (row) { return row > here; });
    if (rows.length) show((next === undefined ? rows[0] : next) + 1);
    else say('No problem in this file');
  }

  function theme() {
    editor.setTheme(root.dataset.bsTheme === 'dark' ? 'ace/theme/github_dark' : 'ace/theme/github_light_default');
  }

  // ---- completion, and cards about words
  function before(row, column) {
    const from = Math.max(0, row - 60);
    return editor.session.getLines(from, row - 1).concat(editor.session.getLine(row).slice(0, column)).join('\n');
  }

  function language() {
    const words = window.virtwiseWords(form.dataset.language);
    words.loaded.catch(function (error) { say(String(error.message)); });
    editor.completers = [{
      identifierRegexps: [/[@\w$]/],
      triggerCharacters: ['.', '('],
      getCompletions: function (ignored, session, at, prefix, done) {
        done(null, words.candidates(before(at.row, at.column - prefix.length)));
      },
      getDocTooltip: function (one) {
        if (one.card) one.docHTML = one.card.innerHTML;
      }
    }];
    editor.setOptions({ enableBasicAutocompletion: true, enableLiveAutocompletion: true, enableSnippets: false });
    const HoverTooltip = ace.require('ace/tooltip').HoverTooltip;
    const tooltip = new HoverTooltip();
    tooltip.setDataProvider(function (event, over) {
      const at = event.getDocumentPosition();
      const known = words.explain(before(at.row, at.column), over.session.getLine(at.row), at.column);
      if (!known) return tooltip.hide();
      tooltip.showForRange(over, new (ace.require('ace/range').Range)(at.row, known.from, at.row, known.to), known.element, event);
    });
    tooltip.addToEditor(editor);
    const word = document.querySelector('[data-word]');
    editor.selection.on('changeCursor', function () {
      const at = editor.getCursorPosition();
      const known = words.explain(before(at.row, at.column), editor.session.getLine(at.row), at.column);
      if (known && word) word.replaceChildren(known.element);
    });
  }

  function open() {
    ace.config.set('useStrictCSP', true); // the styles are linked
    ace.config.set('loadWorkerFromBlob', false);
    const host = document.createElement('div');
    host.className = 'editor';
    area.hidden = true;
    area.after(host);
    editor = ace.edit(host, {
      value: area.value, mode: 'ace/mode/' + area.dataset.editor, readOnly: area.readOnly, useWorker: false,
      enableKeyboardAccessibility: true, // Enter goes in, Escape comes out, Tab moves on: no keyboard trap
      textInputAriaLabel: area.getAttribute('aria-label'), tabSize: 4, useSoftTabs: true, showPrintMargin: false, scrollPastEnd: 0.3
    });
    [editor.renderer.scrollBarV, editor.renderer.scrollBarH].forEach(function (bar) { bar.element.tabIndex = -1; }); // the keys scroll
    theme();
    new MutationObserver(theme).observe(root, { attributes: true, attributeFilter: ['data-bs-theme'] });
    editor.session.on('change', function () {
      area.value = editor.getValue();
      area.dispatchEvent(new Event('input', { bubbles: true }));
    });
    editor.commands.addCommand({ name: 'nextProblem', bindKey: { win: 'F8', mac: 'F8' }, exec: nextProblem, readOnly: true });
    annotate();
    if (area.dataset.editor === 'drools') language();
  }

  if (window.ace) open();
  fromAddress();
})();
