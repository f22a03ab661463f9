// Runs before the first paint: says that there is script, and follows the system's light or dark where no cookie decided.
(function () {
  const root = document.documentElement;
  root.classList.add('js');
  if (root.dataset.theme !== 'system') return;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const follow = function () {
    if (root.dataset.theme === 'system') root.dataset.bsTheme = dark.matches ? 'dark' : 'light';
  };
  dark.addEventListener('change', follow);
  follow();
})();
