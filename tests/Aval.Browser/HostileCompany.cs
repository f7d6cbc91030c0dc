using Microsoft.Playwright;

namespace Aval.Browser;

/// <summary>Puts texts into a company that try to be more than texts: through the API, and into every field of every form.</summary>
static class HostileCompany
{
    const string Payer = "C-WIDE";

    /// <returns>Pages on which the texts stand.</returns>
    public static async Task<IReadOnlyList<string>> EnterAsync(DemoCompany company, string word)
    {
        var number = "C-" + new string('9', 60);
        await company.EnterAsync("customers/" + Payer, new
        {
            name = Text("name"), country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "C",
            profile = new { purchaseOrderRequired = true, portal = Text("portal") },
            billingAddress = new { line1 = Text("line1"), line2 = Text("line2"), city = Text("city"), postalCode = "12345", country = "DE" },
            contacts = new[] { new { name = Text("contact"), function = "accountsPayable", email = "someone@example.com" } },
        }, put: true);
        await company.EnterAsync("customers/" + number, new { name = word, country = "DE", currency = "EUR", paymentTerms = "NET30", payer = Payer }, put: true);
        await company.EnterAsync("limits", new
        {
            customer = Payer, kind = "standing", limit = "amount", amount = 1000, currency = "EUR", validFrom = "2026-01-01", reason = Text("limit"),
        });
        object Lines() => new[] { new { line = 1, item = word[..60], quantity = 2, unitPrice = 1000, taxRate = 0, description = Text("description") } };
        var decided = await company.EnterAsync("orders", new
        {
            number = "W1-" + word[..60], customer = Payer, currency = "EUR", orderDate = "2026-03-02", purchaseOrder = Text("po")[..64], buyerReference = Text("reference"),
            lines = Lines(),
        });
        var open = await company.EnterAsync("orders", new { number = "W2-" + word[..60], customer = number, currency = "EUR", orderDate = "2026-03-02", lines = Lines() });
        var (closed, held) = (decided.GetProperty("block").GetString(), open.GetProperty("block").GetString());
        var (service, lead) = (await KeyAsync(word[..50], "customerService"), await KeyAsync("lead " + word[..50], "leadership"));
        await company.EnterAsync($"orders/W2-{word[..60]}/waive", new { finding = "purchase-order-missing", reason = Text("waiver") }, key: service);
        await company.EnterAsync(
            $"blocks/{closed}/decisions", new { decision = "release", reason = Text("reason"), basis = Text("basis"), dissent = Text("dissent") }, key: lead);
        var invoice = "WI-" + word[..60];
        foreach (var one in new[] { invoice, "WI-2" })
            await company.EnterAsync("invoices", new
            {
                number = one, customer = Payer, order = one == invoice ? "W1-" + word[..60] : null, date = "2026-02-01", dueDate = "2026-02-20", currency = "EUR", amount = 2000,
            });
        await company.EnterAsync("disputes", new
        {
            number = "WD-" + word[..60], invoice, amount = 300, reason = "documentation", legitimacy = "unqualified", owner = "customerService", note = Text("note"),
        });
        await company.EnterAsync("promises", new
        {
            number = "WP-" + word[..60], customer = Payer, invoices = new[] { "WI-2" }, amount = 100, made = "2026-02-25", date = "2026-03-10", contact = Text("contact"),
            note = Text("note"),
        });
        await company.EnterAsync("receipts", new
        {
            number = "WR-" + word[..60], payer = Payer, date = "2026-03-01", currency = "EUR", amount = 2000, cleared = true, reference = Text("remittance"),
        });
        return
        [
            $"/customers/{Payer}", $"/customers/{number}", $"/customers/{Payer}/timeline", $"/customers/{Payer}/invoices", $"/customers/{Payer}/orders",
            $"/customers/{Payer}/group",
            $"/customers/{Payer}/exposure?term=receivables", $"/orders/W1-{word[..60]}", $"/orders/W2-{word[..60]}", $"/blocks/{closed}", $"/blocks/{held}", $"/invoices/{invoice}",
            $"/disputes/WD-{word[..60]}", $"/cash/receipts/WR-{word[..60]}", $"/journal/{Payer}", $"/journal/{Payer}/1", $"/journal/{Payer}/5", "/journal", "/deferred-risks",
            "/promises",
            "/disputes", "/dispute-board", "/aging", "/outcomes", "/commitments", "/incidents", "/cash", "/cash?list=unapplied", "/bank-statements", "/work?owner=all", "/blocks",
            "/orders?page=999", $"/search?q={word[..60]}", "/new-order?customer=" + Payer,
        ];

        async Task<string> KeyAsync(string name, string role) => (await company.EnterAsync("api-keys", new { name, roles = new[] { role } })).GetProperty("key").GetString()!;

        string Text(string field) => $"{field} <img src=x onerror=alert('{field}')> \"'> \u202e\u200f {word}";
    }

    /// <summary>Sends every form of these pages with such a text in each field that takes one: what is refused shows it again, what is taken keeps it.</summary>
    /// <param name="filled">What is filled already, and what should be a number or a day, is replaced too: most of it is refused.</param>
    public static async Task SendFormsAsync(IPage page, IEnumerable<string> addresses, string word, bool filled)
    {
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            var answers = await page.EvaluateAsync<string[]>("""
                async ([text, filled]) => {
                  const shown = [];
                  for (const form of document.querySelectorAll('main form[method=post]')) {
                    const sent = new FormData(form);
                    for (const field of form.querySelectorAll('textarea, input:not([type]), input[type=text], input[type=search], input[type=date], input[type=number]'))
                      if (field.name && (filled || field.type !== 'date' && field.type !== 'number' && !field.inputMode && !field.value))
                        sent.set(field.name, `${field.name} ${text}`.slice(0, field.maxLength > 0 ? field.maxLength : 4000));
                    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(sent) });
                    if (answer.status >= 500) throw new Error(`${form.action}: ${answer.status}`);
                    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
                    if (page.querySelector('img[src=x], [onerror], main script')) shown.push(form.action);
                  }
                  return shown;
                }
                """, new object[] { $"<img src=x onerror=alert(1)><script>alert(2)</script> \"'> \u202e {word}", filled });
            Assert.Empty(answers);
        }
    }
}
