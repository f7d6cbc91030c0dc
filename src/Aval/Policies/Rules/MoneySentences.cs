using Aval.Kernel.Storage;

namespace Aval.Policies.Rules;

/// <summary>What a policy says of matching money and of what will be lost; each with its place.</summary>
static class MoneySentences
{
    public static IEnumerable<(string Place, string Text)> Of(Policy policy, Figures said)
    {
        foreach (var (key, text) in Cash(policy.CashAsked, said)) yield return ("cashApplication[" + key + "]", text);
        var loss = policy.ProvisionAsked;
        yield return ("provision", said.In(
            $"Of what is open {said.Percent(loss.NotDue)} is expected to be lost while it is not due, {said.Percent(loss.D1to30)} up to 30 days late, "
                + $"{said.Percent(loss.D31to60)} up to 60, {said.Percent(loss.D61to90)} up to 90 and {said.Percent(loss.Over90)} beyond.",
            $"De ce qui est ouvert, on s'attend à perdre {said.Percent(loss.NotDue)} du non échu, {said.Percent(loss.D1to30)} jusqu'à 30 jours de retard, "
                + $"{said.Percent(loss.D31to60)} jusqu'à 60, {said.Percent(loss.D61to90)} jusqu'à 90 et {said.Percent(loss.Over90)} au-delà.",
            $"Vom Offenen wird erwartet, dass {said.Percent(loss.NotDue)} ausfallen, solange es nicht fällig ist, {said.Percent(loss.D1to30)} bis 30 Tage nach Fälligkeit, "
                + $"{said.Percent(loss.D31to60)} bis 60, {said.Percent(loss.D61to90)} bis 90 und {said.Percent(loss.Over90)} danach."));
    }

    static IEnumerable<(string Key, string Text)> Cash(CashApplication cash, Figures said)
    {
        yield return ("tolerance", said.In(
            $"When money is matched, a rest of up to {said.Amount(cash.Tolerance)} and {said.Percent(cash.TolerancePercent)} of the documents is written off.",
            $"Au lettrage, un reste jusqu'à {said.Amount(cash.Tolerance)} et {said.Percent(cash.TolerancePercent)} des pièces est passé en perte.",
            $"Beim Ausgleich wird ein Rest bis {said.Amount(cash.Tolerance)} und {said.Percent(cash.TolerancePercent)} der Belege ausgebucht."));
        yield return ("discount", said.In(
            $"A cash discount may still be taken {said.Days(cash.DiscountGraceDays)} after its end.",
            $"Un escompte peut encore être pris {said.Days(cash.DiscountGraceDays)} après son terme.",
            $"Skonto darf noch {said.Days(cash.DiscountGraceDays)} nach Ablauf gezogen werden."));
        yield return ("oldest", cash.OldestFirst
            ? said.In(
                "Money without a better match pays what is due first.", "L'argent sans meilleur lettrage paie ce qui échoit d'abord.",
                "Geld ohne besseren Ausgleich bezahlt, was zuerst fällig ist.")
            : said.In(
                "Money without a better match waits for a person.", "L'argent sans meilleur lettrage attend une personne.",
                "Geld ohne besseren Ausgleich wartet auf einen Menschen."));
        var usual = said.Number(CashApplication.PostFromUsual);
        yield return ("postFrom", said.In(
                $"A match is posted without a person from a confidence of {usual} on", $"Un lettrage est comptabilisé sans personne dès une confiance de {usual}",
                $"Ein Ausgleich wird ab einer Sicherheit von {usual} ohne einen Menschen gebucht")
            + string.Concat(cash.PostFrom.Select(one => PostedFrom(said.Plain(Words.Of(one.Rule)), said.Number(one.Confidence), said))) + ".");
        yield return ("writeOff", cash.WriteOffUpTo is { } most
            ? said.In(
                $"By hand up to {said.Amount(most)} of an invoice may be written off without finance.",
                $"À la main, jusqu'à {said.Amount(most)} d'une facture peuvent être passés en perte sans les finances.",
                $"Von Hand dürfen bis {said.Amount(most)} einer Rechnung ohne Finanzen ausgebucht werden.")
            : said.In(
                "By hand any amount of an invoice may be written off by whoever has the right.",
                "À la main, quiconque en a le droit peut passer en perte tout montant d'une facture.",
                "Von Hand darf jeder, der das Recht hat, jeden Betrag einer Rechnung ausbuchen."));
        var order = said.All(cash.AllocationOrder.Select(charge => said.Plain(Words.Of(charge))));
        yield return ("order", cash.AllocationOrder.IsEmpty
            ? said.In("Money that does not suffice pays by due dates.", "L'argent insuffisant paie par échéances.", "Geld, das nicht reicht, bezahlt nach Fälligkeit.")
            : said.In(
                $"Money that does not suffice pays {order} first, in this order.", $"L'argent insuffisant paie d'abord, dans cet ordre : {order}.",
                $"Geld, das nicht reicht, bezahlt zuerst, in dieser Reihenfolge: {order}."));
    }

    static string PostedFrom(string rule, string confidence, Figures said) =>
        said.In($"; found by {rule} from {confidence} on", $" ; trouvé par « {rule} » dès {confidence}", $"; gefunden durch „{rule}“ ab {confidence}");
}
