using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Http;

namespace Aval.Web;

/// <summary>Gives a list as a file: the columns that are shown, and all rows that the filters leave.</summary>
public static class ListFile
{
    /// <summary>The file that was asked for; its name says which list, and when.</summary>
    /// <param name="read">Reads one part of the list; the file is written as they come, until one is not full. What it reads of the request's store is of one moment.</param>
    public static PageAnswer Of<TRow>(
        PageRequest request, ListShown shown, string title, IReadOnlyList<ListColumn<TRow>> columns, Func<ListShown, Task<IReadOnlyList<TRow>>> read)
    {
        var form = shown.Form ?? ListForm.Csv;
        List<ListColumn<TRow>> told = [.. columns.Where(column => !column.IsAct && (column.InFiles || shown.Shows(column)))];
        return PageAnswer.File(TypeOf(form), $"{shown.Id}-{Say.Iso(request.Today)}.{Words.Of(form)}", async (output, cancel) =>
        {
            await using var reading = await request.ReadAsOneAsync(cancel);
            await request.Get<IListWriter>().WriteAsync(
                output, form, title, [.. told.Select(column => (column.Name, column.Head))], CellsAsync(shown, told, read), cancel);
        });
    }

    /// <summary>A list that is short enough to be at hand whole.</summary>
    public static PageAnswer Of<TRow>(PageRequest request, ListShown shown, string title, IReadOnlyList<ListColumn<TRow>> columns, IReadOnlyList<TRow> rows) =>
        Of(request, shown, title, columns, part => Task.FromResult<IReadOnlyList<TRow>>(part.Page == 1 ? rows : []));

    static async IAsyncEnumerable<object?[]> CellsAsync<TRow>(ListShown shown, List<ListColumn<TRow>> told, Func<ListShown, Task<IReadOnlyList<TRow>>> read)
    {
        for (var part = shown with { Page = 1 }; ; part = part with { Page = part.Page + 1 })
        {
            var rows = await read(part);
            foreach (var row in rows) yield return [.. told.Select(column => column.Value(row))];
            if (rows.Count < part.Most) yield break;
        }
    }

    static string TypeOf(ListForm form) => form switch
    {
        ListForm.Csv => "text/csv; charset=utf-8",
        ListForm.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };

    /// <summary>Sends it; a file is never kept by a browser or what stands before it.</summary>
    internal static async Task SendAsync(HttpContext context, PageFile file)
    {
        context.Response.ContentType = file.Type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        context.Response.Headers.CacheControl = "no-store";
        await file.WriteAsync(context.Response.Body, context.RequestAborted);
    }
}

/// <summary>A file that a page gives.</summary>
public sealed record PageFile(string Type, string Name, Func<Stream, CancellationToken, Task> WriteAsync);
