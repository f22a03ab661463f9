// What may be written at a place of a rule file, and what a word means. The words come from the server, see /rules/language.
window.virtwiseWords = function (address) {
  let book = null;

  const loaded = fetch(address, { headers: { Accept: 'application/json' } }).then(function (answer) {
    if (!answer.ok) throw new Error('the words of the language: ' + answer.status);
    return answer.json();
  }).then(function (language) {
    book = { facts: new Map(), enums: new Map(), calls: new Map() };
    language.facts.forEach(function (one) { book.facts.set(one.name, one); });
    language.enums.forEach(function (one) { book.enums.set(one.name, one); });
    language.calls.forEach(function (one) { book.calls.set(one.name, one); });
  });

  // A small card about one word, as an element, so that nothing of it can be markup.
  function card(name, of, means, example) {
    const element = document.createElement('div');
    [['word-name', name], ['word-of', of], ['word-means', means], ['word-example', example]].forEach(function (part) {
      if (!part[1]) return;
      const line = document.createElement(part[0] === 'word-example' ? 'code' : 'div');
      line.className = part[0];
      line.textContent = part[1];
      element.append(line);
    });
    return element;
  }

  function fieldCard(fact, field) {
    const type = field.type + (field.nullable ? ' or null' : '') + (field.unit ? ', ' + field.unit : '');
    return card(fact.name + '.' + field.name, type, field.means, field.example && 'for example ' + field.example);
  }

  function factCard(fact) {
    return card(fact.name, fact.several ? 'a fact; a node may have several' : 'a fact', fact.means,
      fact.fields.map(function (one) { return one.name; }).join(', '));
  }

  // The fact whose brackets are open at the end of this text, and what its last constraint has so far.
  function pattern(before) {
    let depth = 0;
    let quoted = false;
    for (let at = before.length - 1; at >= 0; at--) {
      const sign = before[at];
      if (sign === '"') quoted = !quoted;
      if (quoted) continue;
      if (sign === ')') depth++;
      if (sign === '(' && depth-- === 0) {
        const name = /(\w+)\s*$/.exec(before.slice(0, at));
        if (name && book.facts.has(name[1])) {
          const inner = before.slice(at + 1);
          return { fact: book.facts.get(name[1]), last: inner.split(/,|&&|\|\|/).pop(), inner: inner };
        }
        depth = 0;
      }
      if (/^\n *(rule|when|then)\b/.test(before.slice(at, at + 20))) return null;
    }
    return null;
  }

  function fieldOf(found, text) {
    const name = /([A-Za-z]\w*)\s*(?:==|!=|<=|>=|<|>|not\s+in|in)\s*\(?[^()]*$/.exec(text);
    return name && found.fact.fields.find(function (one) { return one.name === name[1]; });
  }

  function section(before) {
    const words = before.match(/^ *(rule\b|when\b|then\b|end\b)/gm);
    return words ? words[words.length - 1].trim() : 'end';
  }

  function item(word, kind, element, score) {
    return { caption: word, value: word, meta: kind, score: score || 100, card: element };
  }

  function wordsOf(type, qualified) {
    const words = book.enums.get(type);
    return !words ? [] : words.words.map(function (one) {
      const full = words.name + '.' + one.name;
      return item(qualified ? full : one.name, words.name, card(full, words.means, one.means), 200);
    });
  }

  function candidates(before) {
    const dotted = /([A-Za-z]\w*)\.$/.exec(before);
    if (dotted && book.enums.has(dotted[1])) return wordsOf(dotted[1], false);
    const where = section(before);
    if (where === 'then') {
      if (/\(/.test(before.slice(before.lastIndexOf('then')))) return Array.from(book.enums.values()).map(function (one) { return item(one.name, 'words', card(one.name, 'words', one.means)); });
      return Array.from(book.calls.values()).filter(function (one) { return !dotted || one.name.indexOf(dotted[1] + '.') === 0; })
        .map(function (one) { return item(dotted ? one.name.split('.')[1] : one.name, 'call', card(one.name, one.signature, one.means)); });
    }
    if (where === 'when') {
      const found = pattern(before);
      if (!found) return Array.from(book.facts.values()).map(function (one) { return item(one.name, 'fact', factCard(one)); }).concat(['not', 'exists', 'then'].map(function (one) { return item(one, 'keyword', null, 10); }));
      const field = fieldOf(found, found.last) || (/\bin\s*\([^()]*$/.test(found.inner) && fieldOf(found, found.inner));
      if (field) return field.type === 'true or false' ? ['true', 'false'].map(function (one) { return item(one, 'value'); }) : wordsOf(field.type, true).concat(field.nullable ? [item('null', 'nobody knows')] : []);
      return found.fact.fields.map(function (one) { return item(one.name, one.type, fieldCard(found.fact, one)); });
    }
    return ['rule', '@id()', '@doc()', '@severity()', '@since()', '@until()', 'when'].map(function (one) { return item(one, 'head'); });
  }

  // The card about the word at a column of a line, or null.
  function explain(text, line, column) {
    if (!book) return null;
    const bounds = /[\w]/;
    let from = column;
    let to = column;
    while (from > 0 && bounds.test(line[from - 1])) from--;
    while (to < line.length && bounds.test(line[to])) to++;
    const word = line.slice(from, to);
    if (!word) return null;
    const owner = /([A-Za-z]\w*)\.$/.exec(line.slice(0, from));
    let element = null;
    if (owner && book.enums.has(owner[1])) {
      const one = book.enums.get(owner[1]).words.find(function (other) { return other.name === word; });
      element = one && card(owner[1] + '.' + one.name, book.enums.get(owner[1]).means, one.means);
    }
    else if (owner && book.calls.has(owner[1] + '.' + word)) {
      const call = book.calls.get(owner[1] + '.' + word);
      element = card(call.name, call.signature, call.means);
    }
    else if (book.facts.has(word)) element = factCard(book.facts.get(word));
    else if (book.enums.has(word)) element = card(word, 'words', book.enums.get(word).means);
    else {
      const found = pattern(text);
      const field = found && found.fact.fields.find(function (one) { return one.name === word; });
      element = field ? fieldCard(found.fact, field) : null;
    }
    return element && { element: element, from: from, to: to };
  }

  return { loaded: loaded, candidates: function (before) { return book ? candidates(before) : []; }, explain: explain };
};
