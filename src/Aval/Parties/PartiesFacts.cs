using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <summary>The customers of one root, and the tree they form.</summary>
public sealed class PartiesFacts : IFactsSlice
{
    static readonly ImmutableSortedSet<string> None = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    readonly ImmutableDictionary<string, ImmutableSortedSet<string>> under;

    PartiesFacts(ImmutableDictionary<string, Customer> customers, ImmutableDictionary<string, ImmutableSortedSet<string>> under) =>
        (Customers, this.under) = (customers, under);

    public ImmutableDictionary<string, Customer> Customers { get; }

    public static readonly PartiesFacts Empty = new(
        ImmutableDictionary.Create<string, Customer>(StringComparer.Ordinal), ImmutableDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal));

    public static readonly Table<Customer> Table = new(
        "customer",
        [
            ("number", ColumnKind.Text, customer => customer.Number),
            ("name", ColumnKind.Text, customer => customer.Name),
            ("country", ColumnKind.Text, customer => customer.Country),
            ("currency", ColumnKind.Text, customer => customer.Currency.Code),
            ("payment_terms", ColumnKind.Text, customer => customer.PaymentTerms),
            ("payer", ColumnKind.Text, customer => customer.Payer),
            ("group", ColumnKind.Text, customer => customer.Group),
            ("vat_id", ColumnKind.Text, customer => customer.VatId),
            ("registration_id", ColumnKind.Text, customer => customer.RegistrationId),
            ("lei", ColumnKind.Text, customer => customer.Lei),
            ("billing_address", ColumnKind.Json, customer => Written(customer.BillingAddress)),
            ("risk_class", ColumnKind.Text, customer => customer.RiskClass),
            ("customer_since", ColumnKind.Date, customer => customer.CustomerSince),
            ("large_account", ColumnKind.Flag, customer => customer.LargeAccount),
            ("segment", ColumnKind.Text, customer => customer.Segment),
            ("profile", ColumnKind.Json, customer => customer.Profile == PayabilityProfile.None ? null : Written(customer.Profile)),
            ("contacts", ColumnKind.Json, customer => customer.Contacts.Count == 0 ? null : Written(customer.Contacts)),
            ("hold", ColumnKind.Json, customer => Written(customer.Hold)),
            ("inactive_since", ColumnKind.Date, customer => customer.InactiveSince),
            ("dunning", ColumnKind.Json, customer => Written(customer.Dunning)),
            ("next_review", ColumnKind.Date, customer => customer.NextReview),
            ("payment_run", ColumnKind.Text, customer => customer.PaymentRun?.ToString()),
            ("proposed_risk_class", ColumnKind.Text, customer => customer.ProposedRiskClass),
            ("sales_owner", ColumnKind.Text, customer => customer.SalesOwner),
            ("entered_by", ColumnKind.Text, customer => customer.EnteredBy),
        ],
        customer => customer.Number,
        v => new Customer(
            v.Text(), v.Text(), v.Text(), v.Currency(), v.Text(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(),
            Read<PostalAddress>(v.TextOrNull()), v.TextOrNull(), v.DateOrNull(), v.Flag(), v.TextOrNull(),
            Read<PayabilityProfile>(v.TextOrNull()) ?? PayabilityProfile.None, Read<IReadOnlyList<Contact>>(v.TextOrNull()) ?? [],
            Read<AccountHold>(v.TextOrNull()))
        {
            InactiveSince = v.DateOrNull(), Dunning = Read<Dunning>(v.TextOrNull()), NextReview = v.DateOrNull(),
            PaymentRun = PaymentRun.TryParse(v.TextOrNull(), out var run) ? run : null, ProposedRiskClass = v.TextOrNull(), SalesOwner = v.TextOrNull(),
            EnteredBy = v.TextOrNull(),
        },
        personal: [
            new("name"), new("billing_address", "line1", "line2"), new("contacts", "name", "email", "phone"), new("hold", "reason"), new("dunning", "reason"),
        ],
        partyColumn: "number");

    public IFactsSlice With(object row) => row is Customer customer
        ? new PartiesFacts(Customers.SetItem(customer.Number, customer), Named(Unnamed(under, Customers.GetValueOrDefault(customer.Number)), customer))
        : this;

    public IFactsSlice Without(object row) =>
        row is Customer customer ? new PartiesFacts(Customers.Remove(customer.Number), Unnamed(under, Customers.GetValueOrDefault(customer.Number))) : this;

    public object? Find(Type row, string key) => row == typeof(Customer) ? Customers.GetValueOrDefault(key) : null;

    public IEnumerable<object> RowsOf(string party) => Customers.TryGetValue(party, out var customer) ? [customer] : [];

    /// <summary>The numbers of those that name this one as their payer or group, whether it has been entered or not.</summary>
    public IReadOnlyCollection<string> Under(string number) => under.GetValueOrDefault(number, None);

    /// <summary>The payer of this customer, or null when it has not been entered.</summary>
    public Customer? PayerOf(Customer customer) => customer.Payer is null ? customer : Customers.GetValueOrDefault(customer.Payer);

    /// <summary>A payer and what stands above it, up to the top of the group. A number that has not been entered ends the path.</summary>
    public IEnumerable<Customer> Path(string payer)
    {
        for (var node = Customers.GetValueOrDefault(payer); node is not null; node = node.Group is null ? null : Customers.GetValueOrDefault(node.Group))
            yield return node;
    }

    /// <summary>The payers at and below a node of the group's tree, by number.</summary>
    public IReadOnlyList<Customer> PayersUnder(string node) => payersUnder.GetOrAdd(node, FindPayersUnder);

    /// <summary>True for a payer at or below a node of the group's tree.</summary>
    public bool IsPayerUnder(Customer customer, string node) => customer.Payer is null && Path(customer.Number).Any(above => above.Number == node);

    // Found once for each value of these facts: customers change seldom, checks ask always.
    readonly ConcurrentDictionary<string, IReadOnlyList<Customer>> payersUnder = new(StringComparer.Ordinal);

    IReadOnlyList<Customer> FindPayersUnder(string node) =>
        [.. Customers.Values.Where(customer => IsPayerUnder(customer, node))
            .OrderBy(customer => customer.Number, StringComparer.Ordinal)];

    static ImmutableDictionary<string, ImmutableSortedSet<string>> Named(ImmutableDictionary<string, ImmutableSortedSet<string>> under, Customer customer)
    {
        if (customer.Payer is { } payer) under = under.SetItem(payer, under.GetValueOrDefault(payer, None).Add(customer.Number));
        if (customer.Group is { } group) under = under.SetItem(group, under.GetValueOrDefault(group, None).Add(customer.Number));
        return under;
    }

    static ImmutableDictionary<string, ImmutableSortedSet<string>> Unnamed(ImmutableDictionary<string, ImmutableSortedSet<string>> under, Customer? known)
    {
        foreach (var above in (ReadOnlySpan<string?>)[known?.Payer, known?.Group])
            if (above is not null && under.TryGetValue(above, out var those))
                under = those.Remove(known!.Number) is { IsEmpty: false } left ? under.SetItem(above, left) : under.Remove(above);
        return under;
    }

    static string? Written<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value, Json.Options);

    static T? Read<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, Json.Options);
}
