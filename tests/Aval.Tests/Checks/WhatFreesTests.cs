using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public sealed class WhatFreesOnSqlite() : WhatFreesTests(null);

public sealed class WhatFreesOnPostgres(PostgresCluster cluster) : WhatFreesTests(cluster);

/// <summary>Every kind of document, fact and date that can cure what holds an order: the order goes by itself, unless a person has decided about it.</summary>
public abstract class WhatFreesTests(PostgresCluster? cluster)
{
    static readonly object Strict = new
    {
        basedOn = "standard",
        rules = new object[]
        {
            new { rule = "orderTooLarge", severity = "refer", amount = 100000, newCustomers = new { amount = 3000, days = 10 } },
            new { rule = "brokenPromise", severity = "refer", count = 1, windowDays = 10 },
            new { rule = "coverReduced", severity = "refer", days = 10 }, new { rule = "coverExpired", severity = "refer" },
            new { rule = "coverNotificationDue", severity = "refer", daysBefore = 7 },
            new { rule = "dunningLevel", severity = "refer", level = 0 },
            new { rule = "disputeUnqualified", severity = "refer", days = 0 }, new { rule = "disputeUnowned", severity = "refer", days = 0 },
            new { rule = "invoiceRejected", severity = "refer" }, new { rule = "invoiceNotSent", severity = "refer", days = 0 },
            new { rule = "unbilledTooOld", severity = "refer", days = 0 }, new { rule = "overInvoiced", severity = "refer" },
            new { rule = "reviewOverdue", severity = "refer", days = 0, measureDays = 0 }, new { rule = "riskClassMissing", severity = "refer" },
            new { rule = "legalEntityWrong", severity = "complete" }, new { rule = "taxIdInvalid", severity = "complete" },
            new { rule = "purchaseOrderDuplicate", severity = "complete" },
            new { rule = "overrunsRepeated", severity = "refer", count = 1, windowDays = 10, scope = new { customer = "R" } },
            new { rule = "overDelivered", severity = "refer" },
        },
    };

    /// <summary>What holds the order of 4,000, told by its codes; what is there before, and what cures it. The limit is 10,000 unless something else is said.</summary>
    static readonly Cure[] Cures =
    [
        new("a receipt applied", "limit-exceeded", s => s.Owes(7000), async s => { await s.Receipt(2000); await s.Applied(2000); }),
        new("an uncleared receipt cleared", "limit-exceeded", async s => { await s.Owes(7000); await s.Receipt(2000, cleared: false); await s.Applied(2000); },
            s => s.Post($"/receipts/{s.C}-R/clear", new { date = "2026-03-02" })),
        new("a credit note on the invoice", "limit-exceeded", s => s.Owes(7000), s => s.Credit(1500, onInvoice: true)),
        new("an open credit note", "limit-exceeded", s => s.Owes(7000), s => s.Credit(1500, onInvoice: false)),
        new("a write-off", "limit-exceeded", s => s.Owes(7000),
            s => s.Post("/write-offs", new { number = s.C + "-W", invoice = s.C + "-I", date = "2026-03-02", amount = 1500, reason = "bankrupt" })),
        new("a dispute that is our fault", "limit-exceeded", s => s.Owes(7000), s => s.Dispute(1500, "companyFault")),
        new("a dispute found to be our fault", "limit-exceeded dispute-unqualified", async s => { await s.Owes(7000); await s.Dispute(1500, "unqualified", "2026-03-01"); },
            s => s.Patch($"/disputes/{s.C}-D", new { legitimacy = "companyFault" })),
        new("a dispute somebody has judged", "dispute-unqualified", async s => { await s.Owes(1000); await s.Dispute(500, "unqualified", "2026-03-01"); },
            s => s.Patch($"/disputes/{s.C}-D", new { legitimacy = "customerFault" })),
        new("a promise to pay", "overdue", s => s.Owes(2000, due: "2026-02-01"),
            s => s.Post("/promises", new { number = s.C + "-P", customer = s.C, invoices = new[] { s.C + "-I" }, amount = 2000, date = "2026-03-20" })),
        new("a payment of what is overdue", "overdue", s => s.Owes(2000, due: "2026-02-01"), async s => { await s.Receipt(2000); await s.Applied(2000); }),
        new("a deposit", "prepayment-required", s => s.Customer(new { paymentTerms = "PREPAID" }), s => s.Receipt(4000, depositFor: s.C + "-O")),
        new("a guarantee", "limit-exceeded", s => s.Owes(7000), s => s.Post("/guarantees", new
        {
            number = s.C + "-G", customer = s.C, kind = "bankGuarantee", amount = 2000, currency = "EUR", validTo = "2026-12-31",
        })),
        new("an insurance cover", "limit-exceeded", s => s.Owes(7000, due: "2026-04-30", date: "2026-03-02"), s => s.Cover(20000, "2026-12-31")),
        new("a higher limit", "limit-exceeded", s => s.Owes(7000), s => s.Limit(12000)),
        new("a temporary limit", "limit-exceeded", s => s.Owes(7000), s => s.Post("/limits", new
        {
            customer = s.C, kind = "temporary", limit = "amount", amount = 3000, currency = "EUR", validFrom = "2026-03-02", validTo = "2026-04-02", mode = "adds", reason = "peak",
        })),
        new("a first limit", "limit-not-set", s => s.Limit(null), s => s.Limit(5000)),
        new("a higher limit of the group", "limit-exceeded", async s => { await s.Customer(new { group = s.C + "-TOP" }); await s.New(s.C + "-TOP"); await s.GroupLimit(100); },
            s => s.GroupLimit(9000)),
        new("a group that is left", "limit-exceeded", async s => { await s.Customer(new { group = s.C + "-TOP" }); await s.New(s.C + "-TOP"); await s.GroupLimit(100); },
            s => s.Customer(new { group = (string?)null })),
        new("a measure lifted", "order-too-large", s => s.Measure(new { number = s.C + "-M", kind = "orderCap", amount = 100, to = "2026-12-31", reason = "careful" }),
            s => s.Post($"/measures/{s.C}-M/end", new { reason = "paid well" })),
        new("a measure reviewed", "review-overdue",
            s => s.Measure(new { number = s.C + "-M", kind = "orderCap", amount = 9000, from = "2026-03-02", to = "2026-03-02", reason = "careful" }),
            s => s.Customer(new { nextReview = "2026-12-31" }))
        { Before = s => s.Customer(new { nextReview = "2026-02-01" }) },
        new("a hold lifted", "forced-hold", s => s.Post($"/customers/{s.C}/hold", new { reason = "rumours" }), s => s.Post($"/customers/{s.C}/unhold", new { reason = "untrue" })),
        new("a risk class", "risk-class-missing", s => s.Customer(new { riskClass = (string?)null }), s => s.Customer(new { riskClass = "B" })),
        new("a better risk class", "risk-class-blocked", s => s.Customer(new { riskClass = "E" }), s => s.Customer(new { riskClass = "C" })),
        new("a dunning level taken back", "dunning-level", s => s.Post($"/customers/{s.C}/dunning-level", new { level = 2, reason = "late" }),
            s => s.Post($"/customers/{s.C}/dunning-level", new { level = 0, reason = "paid" })),
        new("a profile that asks for less", "purchase-order-missing", s => s.Customer(new { profile = new { purchaseOrderRequired = true } }),
            s => s.Customer(new { profile = new { purchaseOrderRequired = false } })),
        new("a complete address", "billing-address-incomplete", s => s.Customer(new { billingAddress = (object?)null }), s => s.Customer(new { billingAddress = Shop.Address })),
        new("a VAT number put right", "tax-id-invalid", s => s.Customer(new { vatId = "DE000000001" }), s => s.Customer(new { vatId = (string?)null })),
        new("a customer active again", "legal-entity-wrong", s => s.Customer(new { active = false }), s => s.Customer(new { active = true })),
        new("terms agreed", "terms-deviate", s => s.Customer(new { paymentTerms = "NET10" }), s => s.Customer(new { paymentTerms = "NET60" })) { Terms = "NET30" },
        new("a payment run", "overdue", s => s.Owes(2000, due: "2026-02-12"), s => s.Customer(new { paymentRun = "31" })),
        new("a payer entered", "payer-unknown", s => s.Customer(new { payer = s.C + "-HQ" }), async s => { await s.New(s.C + "-HQ"); await s.Limit(9000, s.C + "-HQ"); }),
        new("a waiver", "purchase-order-missing", s => s.Customer(new { profile = new { purchaseOrderRequired = true } }),
            s => s.Post($"/orders/{s.C}-O/waive", new { finding = "purchase-order-missing", reason = "follows by mail" })) { IsDecided = true },
        new("a released sister cancelled", "limit-exceeded", s => s.Sister(8000), s => s.Post($"/orders/{s.C}-S/cancel", new { reason = "too late" })),
        new("a held sister with the same number cancelled", "purchase-order-duplicate", async s => { await s.Held(9000, "PO-7"); await s.Limit(100000); },
            s => s.Post($"/orders/{s.C}-S/cancel", new { reason = "twice" })) { PurchaseOrder = "PO-7", Limit = 8000 },
        new("a sister with another number now", "purchase-order-duplicate", s => s.Sister(100, "PO-7"),
            s => s.Put($"/orders/{s.C}-S", s.Order("-S", 100, "PO-8"))) { PurchaseOrder = "PO-7" },
        new("what was delivered billed", "unbilled-too-old", s => s.Unbilled("2026-02-20"), s => s.Bill()),
        new("an invoice sent", "invoice-not-sent", async s => { await s.Owes(100); await s.Stage("sent"); await s.Owes(100, "-I2", date: "2026-02-20"); },
            s => s.Stage("sent", "-I2")),
        new("a rejected invoice corrected", "invoice-rejected", async s => { await s.Owes(100); await s.Stage("rejected"); }, s => s.Stage("corrected")),
        new("the insurer told", "cover-notification-due",
            async s => { await s.Owes(100, due: "2026-02-01", date: "2026-01-20"); await s.Cover(20000, "2026-12-31", "2026-01-01", notificationDays: 20); },
            s => s.Post($"/insurance-covers/{s.C}-V/notifications", new { date = "2026-03-02" })),
        new("a cover in the place of one that ended", "cover-expired",
            async s => { await s.Owes(100); await s.Cover(20000, "2026-02-20", "2026-01-01"); }, s => s.Cover(20000, "2026-12-31", "2026-03-01", number: "-V2")),
        new("an over-invoiced invoice credited", "over-invoiced", s => s.OverInvoiced(), s => s.Credit(150, onInvoice: true)),
    ];

    /// <summary>The same with a person's word in between: what they have decided, nothing undoes.</summary>
    [Fact]
    public async Task Each_cure_frees_the_order_that_waits_and_none_that_a_person_has_decided()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Activate(server, Strict);
        var failures = new List<string>();
        for (var at = 0; at < Cures.Length; at++)
            foreach (var decided in new[] { false, true })
            {
                var (cure, shop) = (Cures[at], new Shop(server, $"C{at}{(decided ? "d" : "")}"));
                try
                {
                    await Tried(cure, shop, decided);
                }
                catch (Exception failure)
                {
                    failures.Add($"{cure.Name}{(decided ? ", decided" : "")}: {failure.Message}");
                }
            }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    static async Task Tried(Cure cure, Shop shop, bool decided)
    {
        await shop.New(shop.C);
        await shop.Limit(cure.Limit);
        if (cure.Before is { } before) await before(shop);
        await cure.Sets(shop);
        var held = (await shop.Server.Post("/orders", shop.Order("-O", 4000, cure.PurchaseOrder, cure.Terms), "cora:customerService")).Expect(200);
        var blocking = held.Body.GetProperty("findings").EnumerateArray().Where(found => found.GetProperty("severity").GetString() is "refer" or "complete")
            .Select(found => found.GetProperty("code").GetString()!);
        Assert.Equal(cure.Codes, string.Join(' ', blocking));
        if (decided)
            await shop.Post($"/blocks/{held["block"]}/decisions", new { decision = "maintainBlock", reason = "wait", until = "2026-05-31", mustHappen = "we hear from them" });
        await cure.Cures(shop);
        var after = (await shop.Server.Get($"/orders/{shop.C}-O")).Expect(200);
        Assert.True((decided && !cure.IsDecided ? "held" : "released") == after["status"], $"{after["status"]}: {after.Body.GetProperty("findings").GetRawText()}");
    }

    /// <summary>What counts in a window, was cut lately or is new goes with the days; a limit and a guarantee begin on theirs.</summary>
    [Fact]
    public async Task Days_alone_free_what_only_days_have_held()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Activate(server, Strict);
        Shop Of(string number) => new(server, number);
        var (promise, fresh, cut, later, covered, overrun) = (Of("P"), Of("N"), Of("K"), Of("L"), Of("V"), Of("R"));
        foreach (var shop in new[] { promise, fresh, cut, later, covered, overrun })
        {
            await shop.New(shop.C);
            await shop.Limit(shop == covered || shop == later ? 1000 : 10000);
        }

        await promise.Owes(100, due: "2026-03-01");
        await promise.Post("/promises", new { number = "P-P", customer = "P", invoices = new[] { "P-I" }, amount = 100, date = "2026-03-02" });
        await fresh.Customer(new { customerSince = "2026-03-01" });
        await cut.Owes(7000, due: "2026-04-30", date: "2026-02-20");
        await cut.Cover(20000, "2026-12-31", "2026-01-01");
        await cut.Post("/insurance-covers/K-V/reduce", new { amount = 100, from = "2026-03-01", reason = "weak" });
        await later.Post("/limits", new { customer = "L", kind = "standing", limit = "amount", amount = 9000, currency = "EUR", validFrom = "2026-03-08", reason = "from then" });
        await covered.Post("/guarantees", new
        {
            number = "V-G", customer = "V", kind = "bankGuarantee", amount = 9000, currency = "EUR", validFrom = "2026-03-07", validTo = "2026-12-31",
        });
        await overrun.Held(20000, "PO-1");
        (await server.Post("/clock", new { today = "2026-03-03" })).Expect(200);
        foreach (var (shop, code) in new[]
        {
            (promise, "promise-broken"), (fresh, "order-too-large"), (cut, "cover-reduced"), (later, "limit-exceeded"), (covered, "limit-exceeded"),
            (overrun, "overruns-repeated"),
        })
            Assert.Contains(code, (await server.Post("/orders", shop.Order("-O", shop == overrun ? 2000 : 3500))).Expect(200).Text, StringComparison.Ordinal);

        var freed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var day = 4; day <= 20; day++)
        {
            (await server.Post("/clock", new { today = $"2026-03-{day:00}" })).Expect(200);
            foreach (var shop in new[] { promise, fresh, cut, later, covered, overrun })
                if (!freed.ContainsKey(shop.C) && (await server.Get($"/blocks?status=open&customer={shop.C}")).Expect(200).Body.GetProperty("blocks").EnumerateArray()
                    .All(block => block.GetProperty("order").GetString() != shop.C + "-O"))
                    freed[shop.C] = $"{shop.C} {day}";
        }

        Assert.Equal(["K 12", "L 8", "N 11", "P 13", "R 13", "V 7"], freed.Values);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    static async Task Activate(RunningServer server, object draft)
    {
        (await server.Put("/policies/draft", draft, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "strict" }, "lea:leadership")).Expect(200);
    }

    /// <param name="Codes">What holds the order before the cure.</param>
    sealed record Cure(string Name, string Codes, Func<Shop, Task> Sets, Func<Shop, Task> Cures)
    {
        public Func<Shop, Task>? Before { get; init; }
        public decimal Limit { get; init; } = 10000;
        public string? PurchaseOrder { get; init; }
        public string? Terms { get; init; }

        /// <summary>A person's own act on this order, which nothing stands against.</summary>
        public bool IsDecided { get; init; }
    }

    /// <summary>One customer and what happens to it.</summary>
    sealed record Shop(RunningServer Server, string C)
    {
        public static readonly object Address = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" };

        public async Task Post(string path, object body) => (await Server.Post(path, body)).Expect(200);
        public async Task Patch(string path, object body) => (await Server.Patch(path, body)).Expect(200);
        public async Task Put(string path, object body) => (await Server.Put(path, body)).Expect(200);

        public Task New(string number) =>
            Put($"/customers/{number}", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B", billingAddress = Address });

        public Task Customer(object changes) => Put($"/customers/{C}", changes);

        public Task Limit(decimal? amount, string? customer = null) => Post("/limits", new
        {
            customer = customer ?? C, kind = "standing", limit = amount is null ? "none" : "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
        });

        public Task GroupLimit(decimal amount) => Post("/limits", new
        {
            customer = C + "-TOP", kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed", level = "group",
        });

        public Task Owes(decimal amount, string number = "-I", string due = "2026-04-30", string date = "2026-01-10") =>
            Post("/invoices", new { number = C + number, customer = C, date, dueDate = due, currency = "EUR", amount });

        public Task Receipt(decimal amount, bool cleared = true, string? depositFor = null) =>
            Post("/receipts", new { number = C + "-R", payer = C, date = "2026-03-02", currency = "EUR", amount, cleared, depositFor });

        public Task Applied(decimal amount) => Post($"/receipts/{C}-R/allocations", new[] { new { invoice = C + "-I", amount } });

        public Task Credit(decimal amount, bool onInvoice) =>
            Post("/credit-notes", new { number = C + "-CN", customer = C, date = "2026-03-02", currency = "EUR", amount, invoice = onInvoice ? C + "-I" : null });

        public Task Dispute(decimal amount, string legitimacy, string? date = null) =>
            Post("/disputes", new { number = C + "-D", invoice = C + "-I", amount, reason = "price", legitimacy, owner = "quality", person = "quinn", date });

        public Task Measure(object body) => Post($"/customers/{C}/measures", body);

        public Task Cover(decimal amount, string validTo, string validFrom = "2026-03-01", int? notificationDays = null, string number = "-V") => Post("/insurance-covers", new
        {
            number = C + number, customer = C, kind = "named", amount, currency = "EUR", percent = 90, maximumExtensionDays = 60, validFrom, validTo, notificationDays,
        });

        public Task Stage(string status, string number = "-I") => Post($"/invoices/{C}{number}/status", status == "rejected"
            ? new { status, date = "2026-03-01", reason = "wrong price", fault = "company" } : new { status, date = "2026-03-01" });

        public object Order(string number, decimal worth, string? purchaseOrder = null, string? paymentTerms = null) => new
        {
            number = C + number, customer = C, currency = "EUR", orderDate = "2026-03-02", purchaseOrder, paymentTerms,
            lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = worth, taxRate = 0 } },
        };

        public async Task Sister(decimal worth, string? purchaseOrder = null) =>
            Assert.Equal("released", (await Server.Post("/orders", Order("-S", worth, purchaseOrder))).Expect(200)["status"]);

        public async Task Held(decimal worth, string purchaseOrder) =>
            Assert.Equal("held", (await Server.Post("/orders", Order("-S", worth, purchaseOrder))).Expect(200)["status"]);

        public async Task Unbilled(string date)
        {
            await Sister(100);
            await Post($"/orders/{C}-S/deliveries", new { date, lines = new[] { new { line = 1, quantity = 1 } } });
        }

        public Task Bill() =>
            Post("/invoices", new { number = C + "-IS", customer = C, order = C + "-S", date = "2026-03-02", dueDate = "2026-04-30", currency = "EUR", amount = 100 });

        public async Task OverInvoiced()
        {
            await Sister(100);
            await Post("/invoices", new { number = C + "-I", customer = C, order = C + "-S", date = "2026-03-02", dueDate = "2026-04-30", currency = "EUR", amount = 150 });
        }
    }
}
