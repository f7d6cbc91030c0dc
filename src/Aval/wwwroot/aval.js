// "/" leads to the search, unless one is writing.
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, select, textarea')) return;
  const search = document.getElementById('search');
  if (!search) return;
  event.preventDefault();
  search.focus();
});

// A list that was exchanged says so to those who do not see it.
document.addEventListener('htmx:afterSettle', event => {
  const said = document.getElementById('said');
  const count = event.target.querySelector('[data-said]');
  if (said && count) said.textContent = count.dataset.said;
});
