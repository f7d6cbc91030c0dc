// Runs before anything is drawn: without a choice of one's own, the page follows the system.
(function () {
  const page = document.documentElement;
  if ('themeChosen' in page.dataset) return;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => { page.dataset.bsTheme = dark.matches ? 'dark' : 'light'; };
  dark.addEventListener('change', follow);
  follow();
})();
