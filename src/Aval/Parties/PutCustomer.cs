using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <summary>A customer as given. What is absent stays as it is; the first four are required when the customer is new.</summary>
/// <param name="PaymentTerms">Agreed by credit. Of a new customer master data may say them too; whom Customer Service enters starts with PREPAID.</param>
/// <param name="Country">ISO 3166-1, two letters.</param>
/// <param name="Currency">The credit currency, where it pays.</param>
/// <param name="Payer">Number of the customer that pays; null when it pays itself. It may be entered later.</param>
/// <param name="Group">Number of the customer directly above; it may be entered later.</param>
/// <param name="Active">False once nothing is sold to it any more: its orders are held; true, the default, makes it active again.</param>
/// <param name="NextReview">The last day by which credit is to look at it again; set by credit.</param>
/// <param name="PaymentRun">The days on which it pays, as <c>TUE,THU</c> or <c>10,25,31</c> (31 is the end of any month); null for any day.</param>
/// <param name="SalesOwner">The name of the user or key who sells to it, whatever its capitals: who has no role but <c>sales</c> sees these customers alone. Null for nobody in
/// particular.</param>
public sealed record CustomerBody(
    Optional<string> Name = default,
    Optional<string> Country = default,
    Optional<Currency?> Currency = default,
    Optional<string> PaymentTerms = default,
    Optional<string> Payer = default,
    Optional<string> Group = default,
    Optional<string> VatId = default,
    Optional<string> RegistrationId = default,
    Optional<string> Lei = default,
    Optional<PostalAddress> BillingAddress = default,
    Optional<string> RiskClass = default,
    Optional<DateOnly?> CustomerSince = default,
    Optional<bool?> LargeAccount = default,
    Optional<string> Segment = default,
    Optional<ProfileBody> Profile = default,
    Optional<IReadOnlyList<Contact>> Contacts = default,
    Optional<bool?> Active = default,
    Optional<DateOnly?> NextReview = default,
    Optional<string> PaymentRun = default,
    Optional<string> SalesOwner = default);

/// <summary>What of the payability profile is given; what is absent stays as it is.</summary>
public sealed record ProfileBody(
    Optional<bool?> PurchaseOrderRequired = default, Optional<string> PurchaseOrderPattern = default, Optional<bool?> BuyerReferenceRequired = default,
    Optional<string> Portal = default, Optional<bool?> CostCentreRequired = default, Optional<bool?> DeliveryNoteRequired = default,
    Optional<bool?> PortalIdRequired = default, Optional<string> RoutingId = default, Optional<bool?> DeliveryDetailsRequired = default)
{
    internal PayabilityProfile Over(PayabilityProfile before) => new(
        PurchaseOrderRequired.Or(before.PurchaseOrderRequired) ?? false, PurchaseOrderPattern.Or(before.PurchaseOrderPattern),
        BuyerReferenceRequired.Or(before.BuyerReferenceRequired) ?? false, Portal.Or(before.Portal), CostCentreRequired.Or(before.CostCentreRequired) ?? false,
        DeliveryNoteRequired.Or(before.DeliveryNoteRequired) ?? false, PortalIdRequired.Or(before.PortalIdRequired) ?? false, RoutingId.Or(before.RoutingId),
        DeliveryDetailsRequired.Or(before.DeliveryDetailsRequired) ?? false);
}

/// <summary>Enters a customer or changes what is given of it; moves it, and what hangs under it, to another root where payer or group say so.</summary>
public sealed record PutCustomer(string Number, CustomerBody Body) : Command
{
    public override string Name => "putCustomer";
    public override Subject Subject => Subject.NewParty(Number);
    public override Cite? Edits => Cite.Of(PartiesFacts.Table, Number);
    public override bool ChangesStructure => true;

    /// <summary>Whoever says what is known already changes nothing.</summary>
    public override bool AlwaysLeavesEntry => false;

    /// <summary>Whoever is new may be named above others already, who come from roots of their own then.</summary>
    public override bool MovesRows(IReadOnlyList<Facts> roots) => roots.Count > 1 && roots.Any(facts => facts.Find<Customer>(Number) is { } known
        ? Body.Payer.Or(known.Payer) != known.Payer || Body.Group.Or(known.Group) != known.Group
        : facts.Get<PartiesFacts>().Under(Number).Count > 0);

    /// <summary>What was settled in the old currency may be opened again: by a return, by a change of a closed order.</summary>
    public override bool LooksAtClosed(Facts facts) =>
        facts.Find<Customer>(Number) is { } known && Body.Currency is { IsGiven: true, Value: { } given } && given != known.Currency;

    public override async Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel)
    {
        // Who names nobody and is there already stays where it is; else its own number may become a root.
        var stays = !Body.Payer.IsGiven && !Body.Group.IsGiven && await directory.RootOfAsync(Number, cancel) is not null;
        var roots = new List<string>();
        if (!stays) roots.Add(Number);
        foreach (var above in new[] { Body.Payer.Value, Body.Group.Value })
            if (above is not null && await directory.RootOfAsync(above, cancel) is { } root) roots.Add(root);
        roots.AddRange((await directory.UnderAsync(Number, cancel)).Select(under => under.Root));
        return roots;
    }

    public override Problem? Refuse() => CustomerFields.Refuse(Number, Body);

    /// <summary>In masses customers are entered, not changed or moved; those above come first.</summary>
    public override Problem? RefuseInMasses(Case @case)
    {
        var before = @case.Facts.Get<PartiesFacts>().Customers.GetValueOrDefault(Number);
        if (before is null && CustomerFields.MissingOfNew(Body, saysTerms: true) is not null) return null;
        var after = CustomerFields.Apply(Number, Body, before, @case.Today);
        if (before is not null)
            return IsSame(before, after with { EnteredBy = before.EnteredBy })
                ? null
                : KernelProblems.NotInMasses.With($"{Number} is there already, and is not as it stands here.");
        // A circle through both would be seen at two roots together only.
        if (after.Payer is not null && after.Group is not null) return KernelProblems.NotInMasses.With($"{Number} has a payer and a group.");
        var move = new PartyMove(@case);
        return move.Refuse(after) is not null || move.HomeOf(after) == @case.Root ? null : KernelProblems.NotInMasses.With($"What {Number} names above itself was not taken.");
    }

    public override Problem? Decide(Case @case)
    {
        var before = @case.Facts.Get<PartiesFacts>().Customers.GetValueOrDefault(Number);
        if (before is null && CustomerFields.MissingOfNew(Body, PartyPermissions.ArrangeParties.IsGrantedTo(@case.Actor)) is { } missing) return missing;
        var after = CustomerFields.Apply(Number, Body, before, @case.Today) with { EnteredBy = before is null ? Separation.HandsOf(@case.Actor) : before.EnteredBy };
        if (NotPermitted(@case.Actor, @case.Facts, before, after) is { } refusal) return refusal;
        if (before is not null)
            foreach (var authority in @case.Facts.Slices.OfType<IClassAuthority>()) after = authority.Judged(@case, before, after);
        if (before is not null && IsSame(before, after)) return null;
        if (before is not null && after.Currency != before.Currency && KeepsAmounts(@case))
            return PartyProblems.CurrencyInUse.With($"What {Number} owes and may owe is kept in {before.Currency}.", "currency");
        var move = new PartyMove(@case);
        if ((move.Refuse(after) ?? move.RefuseApart(after)) is { } impossible) return impossible;
        var known = IHeadroomAuthority.Now(@case);
        var stands = before is not null && SomethingStands(@case.Facts, before);
        move.Put(after);
        return stands && before is not null ? RefuseFreed(@case, known, before, after) : null;
    }

    internal static void Map(Api api) => api.Put<CustomerBody, CustomerAnswer>(
        "/customers/{number}", PartyPermissions.EnterCustomers, "Enters a customer, or changes what is given of it",
        (body, request) => new PutCustomer(request.Route("number"), body),
        (outcome, request) => CustomerAnswer.Of(outcome.Row<Customer>() ?? outcome.After!.Find<Customer>(request.Route("number"))!),
        [PartyProblems.PayerChain, PartyProblems.GroupCycle, PartyProblems.CurrencyInUse, PartyProblems.FreesBeyondAuthority]);

    /// <summary>Another payer, another group and longer terms count against the actor's authority by what they free, once something stands with the customer.</summary>
    static Problem? RefuseFreed(Case @case, IReadOnlyDictionary<string, Facts> known, Customer before, Customer after)
    {
        var terms = after.PaymentTerms != before.PaymentTerms
            && !(PaymentTerms.TryParse(before.PaymentTerms, out var was) & PaymentTerms.TryParse(after.PaymentTerms, out var now) && !now.IsLongerThan(was));
        return terms || after.Payer != before.Payer || after.Group != before.Group ? IHeadroomAuthority.Ask(@case, known, after.Number, terms) : null;
    }

    /// <summary>Limits, documents and habits of the customer, closed ones too, and all of whom it pays for, are told in its credit currency.</summary>
    bool KeepsAmounts(Case @case) =>
        @case.Facts.RowsOf(Number).Any(row => row is not Customer)
        || @case.Closed.Values.SelectMany(closed => closed).Any(closed => closed.Table.PartyOf(closed.Row) == Number)
        || @case.Facts.Get<PartiesFacts>().Customers.Values.Any(other => other.Payer == Number);

    static bool IsSame(Customer before, Customer after) => before == after with { Contacts = before.Contacts } && before.Contacts.SequenceEqual(after.Contacts);

    /// <summary>What decides whose debt an order becomes, which rules judge it and what is released is credit's. Master data sets up payer, group, segment, country and
    /// terms while nothing stands with the customer; whoever enters a customer may say where it is, what it is and since when.</summary>
    static Problem? NotPermitted(Actor actor, Facts facts, Customer? before, Customer after)
    {
        if (PartyPermissions.SetCreditFields.IsGrantedTo(actor)) return null;
        var arranged = after.Payer != before?.Payer ? "payer" : after.Group != before?.Group ? "group"
            : before is null ? after.PaymentTerms != CustomerFields.TermsOfNew ? "paymentTerms" : null
            : after.Segment != before.Segment ? "segment" : after.Country != before.Country ? "country" : null;
        if (arranged is not null && !PartyPermissions.ArrangeParties.IsGrantedTo(actor))
            return KernelProblems.NotPermitted.With(
                "Payer and group, the terms of a new customer, and segment and country once it is there, are set by credit, or by master data while nothing stands with it.",
                arranged);
        if (arranged is not null && before is not null && SomethingStands(facts, before))
            return KernelProblems.NotPermitted.With(
                $"Orders, documents or limits stand with {before.Number} or below it: credit alone changes its payer, group, segment or country.", arranged);
        var credit = after.RiskClass != before?.RiskClass ? "riskClass" : after.NextReview != before?.NextReview ? "nextReview" : null;
        if (before is not null)
            credit ??= after.PaymentTerms != before.PaymentTerms ? "paymentTerms"
                : after.PaymentRun != before.PaymentRun ? "paymentRun"
                : after.CustomerSince != before.CustomerSince ? "customerSince"
                : after.Currency != before.Currency ? "currency" : null;
        return credit is null
            ? null
            : KernelProblems.NotPermitted.With(
                "Risk class, next review, and terms, payment run, customer since and credit currency once they are there, are set by credit.", credit);
    }

    /// <summary>An order, a document or a limit, of the customer itself or of those it pays for or stands above.</summary>
    static bool SomethingStands(Facts facts, Customer customer)
    {
        var parties = facts.Get<PartiesFacts>();
        return parties.Customers.Values.Any(other =>
            (other.Payer == customer.Number || parties.Path(other.PayerNumber).Any(above => above.Number == customer.Number) || other.Number == customer.Number)
            && facts.RowsOf(other.Number).Any(row => row is not Customer));
    }
}
