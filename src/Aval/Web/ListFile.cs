using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Http;

namespace Aval.Web;

/// <summary>Gives a list as a file: the columns that are shown, and all rows that the filters leave.</summary>
public static class ListFile
{
    /// <summary>The file that was asked for; its name says which list, and when.</summary>
    public static PageAnswer Of<TRow>(PageRequest request, ListShown shown, string title, IReadOnlyList<ListColumn<TRow>> columns, IReadOnlyList<TRow> rows)
    {
        var form = shown.Form ?? ListForm.Csv;
        List<ListColumn<TRow>> told = [.. columns.Where(shown.Shows)];
        return PageAnswer.File(TypeOf(form), $"{shown.Id}-{Say.Iso(request.Today)}.{Words.Of(form)}", (output, cancel) => request.Get<IListWriter>().WriteAsync(
            output, form, title, [.. told.Select(column => (column.Name, column.Head))], rows.Select(row => told.Select(column => column.Value(row)).ToArray()), cancel));
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
