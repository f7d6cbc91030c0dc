using Aval.Access;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Blocks;

/// <summary>Decides about a block, within one's authority. What it says is done at once, or waits for a second person.</summary>
/// <param name="Seen">The block as the caller read it (<see cref="AsRead"/>); null when they did not say, and decide on the facts as they are.</param>
public sealed record DecideBlock(string Block, DecisionBody Body, string? Seen = null) : Command
{
    public override string Name => "decideBlock";
    public override Subject Subject => Subject.Document("block", Block, BlockProblems.BlockUnknown);

    // A closed block, and invoices that are paid already, have left the facts.
    public override IReadOnlyList<Cite> Cites =>
    [
        Cite.Of(ChecksFacts.BlockTable, Block),
        .. (Body.Invoices ?? []).Concat((Body.Conditions ?? []).Select(condition => condition.Invoice)).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(invoice => Cite.Of(ReceivablesTables.Invoice, invoice)),
    ];

    public override Problem? Refuse()
    {
        if (Body is { Decision: not null, Option: not null }) return KernelProblems.Invalid("option", "goes without a decision");
        if (Body is { Option: null, Expect: not null }) return KernelProblems.Invalid("expect", "goes with an option");
        return Body.Option is null ? Parameters.Missing(Body) ?? Parameters.Idle(Body) : null;
    }

    public override Problem? Decide(Case @case)
    {
        if (Deciding.Look(@case, Block, Seen) is { Problem: { } refusal }) return refusal;
        var block = @case.Facts.Find<Block>(Block)!;
        if (Seen is null && Deciding.Unseen(@case, block) is { } unseen) return unseen;
        var read = Seen is null ? null : AsRead.Parse(Seen);
        if (Seen is not null && read is null) return Deciding.Unread(block);
        var asked = Deciding.Asked(@case, block);
        if (Deciding.Standing(@case, block, asked) is { } beyondThem) return beyondThem;
        var body = Body;
        if (Body.Option is { } option)
        {
            var chosen = OptionChoice.Of(Body, option, asked, read);
            if (chosen.Problem is { } stale) return stale;
            body = chosen.Value!;
            if ((Parameters.Missing(body, ofOption: true) ?? Parameters.Idle(body)) is { } missing) return missing;
        }

        var drafted = new Drafting(@case, block, body, asked).Draft();
        if (drafted.Problem is { } wrong) return wrong;
        var ruling = Ruling.Of(drafted.Value!, asked);
        if (read?.Grown(asked, ruling) is { } grown) return grown;
        var decision = drafted.Value! with
        {
            Findings = ruling.Seen(), Exceptional = ruling.Exceptional, Case = SeenCase.Of(asked, block),
        };
        if (Deciding.Overridden(decision, ruling) is { } overridden) return overridden;
        var (grant, lender) = Deciding.GrantOf(@case, ruling, asked.Order);
        if (grant == Grant.Exceeded) return Deciding.Exceeded(@case, ruling);
        if (ExceptionalReleases.Refuse(@case, decision, ruling) is { } beyond) return beyond;
        decision = decision with { OnBehalfOf = lender, Role = Deciding.RoleOf(@case, ruling, lender) };
        @case.Reason = decision.Reason;
        if (grant == Grant.WithSecondPerson)
        {
            // What was decided before stands until this one is confirmed.
            Deciding.Withdraw(@case, block);
            var pending = decision with { Status = DecisionStatus.AwaitingConfirmation };
            var standing = @case.Facts.Get<DecisionsFacts>().OfOrder(block.Order).FirstOrDefault(known => known.Stands) ?? pending;
            @case.Put(DecisionsFacts.Table, pending);
            OrderRecord.Put(@case, asked.Order with { Decision = standing.Id });
            Carrying.Move(@case, block, pending);
        }
        else
        {
            Deciding.Replace(@case, block);
            ExceptionalReleases.Remember(@case, decision, ruling);
            Carrying.Out(@case, block, asked.Order, decision);
        }

        return null;
    }

    internal static void Map(Api api) => api.Post<DecisionBody, DecisionAnswer>(
        "/blocks/{id}/decisions", DecisionPermissions.DecideBlocks, "Decides about a block: releases, asks for something, waits, changes, escalates or rejects",
        (body, request) => new DecideBlock(request.Route("id"), body, request.IfMatch), (outcome, request) => DecisionAnswer.Of(outcome, Languages.Of(request.AcceptLanguage)),
        [
            BlockProblems.BlockUnknown, KernelProblems.VersionStale, DecisionProblems.BlockClosed, DecisionProblems.OwnOrder, DecisionProblems.OptionStale,
            DecisionProblems.ParameterMissing, DecisionProblems.ReleaseOverridden, DecisionProblems.AuthorityExceeded, DecisionProblems.DecisionStands,
            DecisionProblems.UntilTooFar, DecisionProblems.ExceptionRefused,
        ]);
}

/// <summary>What a decision and its confirmation ask in the same way.</summary>
static class Deciding
{
    /// <summary>Whether this actor may decide about this block now, as they saw it.</summary>
    public static (Block? Block, Problem? Problem) Look(Case @case, string id, string? seen)
    {
        if (@case.Facts.Find<Block>(id) is not { } block) return (null, BlockProblems.BlockUnknown.With($"block {id} is not known.", "id"));
        if (seen is not null && AsRead.VersionIn(seen) != block.Version) return (null, Stale(@case, block, seen));
        if (block.Status == BlockStatus.Closed || @case.Facts.Find<Order>(block.Order) is not { } order)
            return (null, DecisionProblems.BlockClosed.With($"the block of {block.Order} was closed by {block.ClosedBy}."));
        return @case.Actor.Hands.Any(order.IsOwn) ? (null, DecisionProblems.OwnOrder.With($"{order.Number} was entered or raised by {@case.Actor.Name}.")) : (block, null);
    }

    /// <summary>What another person has decided, and still stands, is replaced only by who has seen it: of two at once the second would never know of the first.</summary>
    public static Problem? Unseen(Case @case, Block block) =>
        @case.Facts.Get<DecisionsFacts>().OfOrder(block.Order)
            .OrderBy(decision => decision.At)
            .LastOrDefault(decision => decision.Stands && !string.Equals(decision.By, @case.Actor.Name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? KernelProblems.VersionStale.With(
                $"{Said(known)} on the block of {block.Order}, which stands: send the version you have seen, now {block.Version}.",
                "If-Match")
            : null;

    /// <summary>What somebody else has decided, and still stands, is replaced only by who could let the whole order pass as it is: else a decision would hold no longer than
    /// until the next who may decide anything. Whoever took it, or lent the authority for it, takes it back freely.</summary>
    public static Problem? Standing(Case @case, Block block, WhatIf asked)
    {
        // One's own may stand beside another's, which waits for a second person or for which it does.
        if (@case.Facts.Get<DecisionsFacts>().OfOrder(block.Order).OrderBy(known => known.At).LastOrDefault(known => known.Stands && !known.IsOf(@case.Actor))
            is not { } standing) return null;
        if (Ruling.OfWhole(asked) is not { } exception) return null;
        var whole = new Ruling([], [], exception, Exceptional: false);
        if (GrantOf(@case, whole, asked.Order).Grant != Grant.Exceeded) return null;
        var may = Authority.WhoMay(DelegationOf(@case), exception);
        return DecisionProblems.DecisionStands.With(
            $"{standing.By} decided {Kernel.Storage.Words.Of(standing.Kind)}, which stands; it may be replaced by {string.Join(", ", may.Prepend(standing.By).Distinct())}.");
    }

    /// <summary>The order as it stands, asked again: what ran out before is judged anew.</summary>
    public static WhatIf Asked(Case @case, Block block)
    {
        LateConversion.Run(@case);
        return Question(new WhatIf(@case.Facts, @case.Company, @case.Facts.Find<Order>(block.Order)!, @case.Today, @case.Company.Get<PoliciesFacts>().Current));
    }

    /// <summary>The question that every decision is taken on, whatever the order was asked for last: who reads the block reads what they decide on.</summary>
    public static WhatIf Question(WhatIf asked)
    {
        var order = Conversion.Of(asked.Order, asked.Root, asked.Company);
        return asked with { Order = order with { Marks = ChangeOrder.Fresh(order.Marks) }, AtPick = false };
    }

    /// <summary>A release for what no release can let pass is no decision.</summary>
    public static Problem? Overridden(Decision decision, Ruling ruling) =>
        ruling.Overriding.Count > 0 && decision.Kind is DecisionKind.Release or DecisionKind.ReleasePartially or DecisionKind.StagedInvoicing
            ? DecisionProblems.ReleaseOverridden.With($"{string.Join(", ", ruling.Overriding.Select(finding => finding.Code).Distinct())} must be mended first.")
            : null;

    /// <summary>What the actor's own authority gives or, where it is better, that of somebody for whom they are deputy today, with that one's name.</summary>
    /// <param name="apart">Whose authority counts no more: those who have decided already.</param>
    public static (Grant Grant, string? Lender) GrantOf(Case @case, Ruling ruling, Order order, params IReadOnlyList<string?> apart)
    {
        if (ruling.Exception is not { } exception) return (Grant.Alone, null);
        (Grant Grant, string? Lender) best = (Authority.Of(DelegationOf(@case), @case.Actor.Roles, exception), null);
        if (@case.Actor.Kind != ActorKind.Person) return best;
        foreach (var lender in @case.Company.Get<AccessFacts>().LendersTo(@case.Actor.Name, @case.Today))
            if (!order.IsOwn(lender.Name) && !apart.Contains(lender.Name, StringComparer.OrdinalIgnoreCase)
                && Authority.Of(DelegationOf(@case), lender.ToActor().Roles, exception) is var lent && lent < best.Grant)
                best = (lent, lender.Name);
        return best;
    }

    /// <summary>The role by which the actor may, or whose authority a deputy uses: of several the first that policy lists.</summary>
    public static string? RoleOf(Case @case, Ruling ruling, string? lender)
    {
        var roles = (lender is null ? null : @case.Company.Get<AccessFacts>().User(lender)?.ToActor().Roles) ?? @case.Actor.Roles;
        var may = ruling.Exception is { } exception ? Authority.WhoMay(DelegationOf(@case), exception) : DecisionPermissions.DecideBlocks.Roles;
        return may.FirstOrDefault(roles.Contains) ?? roles.Order(StringComparer.Ordinal).FirstOrDefault();
    }

    public static Problem Exceeded(Case @case, Ruling ruling)
    {
        var may = Authority.WhoMay(DelegationOf(@case), ruling.Exception!);
        return DecisionProblems.AuthorityExceeded.With(may.Count == 0 ? (Wording)"no role that policy lists may decide this." : $"it may be decided by: {string.Join(", ", may)}.");
    }

    /// <summary>Another decision takes the place of what stood on the block; and what the order's payer had broken there has been decided on.</summary>
    /// <param name="confirmed">The decision that takes the place, where it lay there before.</param>
    public static void Replace(Case @case, Block block, string? confirmed = null)
    {
        foreach (var known in @case.Facts.Get<DecisionsFacts>().OfOrder(block.Order).Where(known => known.Id != confirmed).ToList())
            if (known.Stands) @case.Put(DecisionsFacts.Table, known.EndedAs(DecisionStatus.Replaced, @case.Today));
            else if (known is { Status: DecisionStatus.Broken, CuredOn: null }) @case.Put(DecisionsFacts.Table, known with { CuredOn = @case.Today });
    }

    /// <summary>Of those that wait for a second person only the last one can be confirmed.</summary>
    public static void Withdraw(Case @case, Block block)
    {
        foreach (var known in @case.Facts.Get<DecisionsFacts>().OfOrder(block.Order).Where(known => known.Status == DecisionStatus.AwaitingConfirmation).ToList())
            @case.Put(DecisionsFacts.Table, known.EndedAs(DecisionStatus.Replaced, @case.Today));
    }

    static System.Collections.Immutable.ImmutableArray<Delegation> DelegationOf(Case @case) => @case.Company.Get<PoliciesFacts>().Current.Policy.Delegation;

    /// <summary>A version alone tells what was done to the block, and not what its reader saw.</summary>
    public static Problem Unread(Block block) => KernelProblems.VersionStale.With(
        $"what was sent does not say what you saw of the block of {block.Order}: send its ETag as it was answered.", "If-Match");

    static Problem Stale(Case @case, Block block, string seen)
    {
        var stands = @case.Facts.Get<DecisionsFacts>().OfOrder(block.Order).OrderBy(decision => decision.At).LastOrDefault(decision => decision.Stands);
        var what = block.Status == BlockStatus.Closed ? Closed(@case, block)
            : stands is not null ? $"{Said(stands)}, which {(stands.Status == DecisionStatus.InForce ? "stands" : "waits for a second person")}"
            : (block.Decided is { } last ? $"{Said(last.By, last.Kind, last.On)}; " : "") + "holding it now: "
                + string.Join(", ", block.Findings.Where(finding => finding.Cleared is null).Select(finding => $"{finding.Code} since {finding.Since:yyyy-MM-dd}"));
        var read = AsRead.VersionIn(seen)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? seen;
        return KernelProblems.VersionStale.With($"the block of {block.Order} is at version {block.Version}, not {read}: {what}.", "If-Match");
    }

    /// <summary>The decision itself has left the facts; the order keeps which one released it.</summary>
    static string Closed(Case @case, Block block)
    {
        var closed = $"it was closed by {block.ClosedBy} on {block.ClosedOn:yyyy-MM-dd}";
        return @case.Facts.Find<Order>(block.Order)?.Release is { } release ? $"{closed}; decision {release.Decision} of {release.On:yyyy-MM-dd} released it" : closed;
    }

    public static string Said(Decision decision) => Said(decision.By, decision.Kind, decision.On);

    static string Said(string by, DecisionKind kind, DateOnly on) => $"{by} decided {Kernel.Storage.Words.Of(kind)} on {on:yyyy-MM-dd}";
}
